package tapwarden.inspect.names;

import java.util.List;

/**
 * Under which names a client knows an address. All are lower-case, without a dot at the end.
 *
 * @param name the name that the client asked for
 * @param aliases the names between it and the address, in the order of the CNAME records; the last
 *     one owns the address
 */
public record KnownName(String name, List<String> aliases) {
  public KnownName {
    aliases = List.copyOf(aliases);
  }
}
