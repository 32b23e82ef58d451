package tapwarden.inspect.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.wire.IpAddress;

/**
 * A DNS message between a client and its resolver, or what a client asks a proxy at home for, as
 * detectors see it. All names are lower-case ASCII without the trailing dot, escaped where the wire
 * had other bytes.
 *
 * @param subject the client
 * @param how what was done with the name, such as "was looked up", for people to read
 * @param name the name asked for, or the text of an address
 * @param asked what somebody was asked for, if it is no message of DNS
 * @param aliases the names that the answer's CNAME chain goes through, in order; empty for queries
 * @param targets the listed names that other answers about the name or an alias refer to: servers
 *     (MX, NS, SRV, SVCB, HTTPS) and names of addresses (PTR); empty for queries
 * @param addresses the addresses in the answer; empty for queries
 */
public record Lookup(
    Subject subject,
    String how,
    String name,
    Contact.@Nullable SaidName asked,
    List<String> aliases,
    List<String> targets,
    List<IpAddress> addresses,
    long packetNumber,
    long packetNanos) {
  public Lookup {
    aliases = List.copyOf(aliases);
    targets = List.copyOf(targets);
    addresses = List.copyOf(addresses);
  }
}
