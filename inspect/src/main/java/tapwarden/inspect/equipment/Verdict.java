package tapwarden.inspect.equipment;

import org.jspecify.annotations.Nullable;

/**
 * What a policy says about a contact.
 *
 * @param rule the rule that allows it; null unless allowed
 */
public record Verdict(Kind kind, PolicyDeclaration.@Nullable Allow rule) {
  /** No rule fits, and no name that may still be learnt would change that. */
  public static final Verdict NOT_ALLOWED = new Verdict(Kind.NOT_ALLOWED, null);

  /** No rule fits yet, but one by name would fit this protocol and port; the name is not known. */
  public static final Verdict NAME_COULD_STILL_MATCH =
      new Verdict(Kind.NAME_COULD_STILL_MATCH, null);

  /** The three answers. */
  public enum Kind {
    ALLOWED,
    NOT_ALLOWED,
    NAME_COULD_STILL_MATCH
  }

  public boolean isAllowed() {
    return kind == Kind.ALLOWED;
  }
}
