package tapwarden.inspect.alert;

/**
 * Every reason an alert can be raised for: one fixed number each, for ever. A number that was
 * published is never given to something else.
 */
public enum Signature {
  WATCHLIST_ADDRESS(1001, "watchlist", "Contact with a listed address", "Known-bad endpoint"),
  WATCHLIST_ADDRESS_PORT(
      1002, "watchlist", "Contact with a listed address and port", "Known-bad endpoint"),
  WATCHLIST_NETWORK(1003, "watchlist", "Contact with a listed network", "Known-bad endpoint"),
  WATCHLIST_NAME(1004, "watchlist", "Listed name looked up", "Known-bad endpoint"),
  WATCHLIST_ALIAS(
      1005, "watchlist", "Name looked up is an alias of a listed name", "Known-bad endpoint"),
  WATCHLIST_ANSWER(
      1006, "watchlist", "Name looked up resolves to a listed address", "Known-bad endpoint"),
  WATCHLIST_NAMED_CONTACT(
      1007, "watchlist", "Contact with an address under a listed name", "Known-bad endpoint"),
  WATCHLIST_TARGET(
      1008, "watchlist", "Answer to a look-up refers to a listed name", "Known-bad endpoint"),
  WATCHLIST_ASKED_ADDRESS(1009, "watchlist", "Request for a listed address", "Known-bad endpoint"),
  POLICY_NOT_ALLOWED(
      2001, "policy", "Equipment contacts an endpoint outside its policy", "Policy violation"),
  POLICY_INBOUND(
      2002, "policy", "Equipment is contacted from outside its policy", "Policy violation"),
  POLICY_EXCLUDED_VENDOR(
      2003,
      "policy",
      "Equipment of an excluded vendor contacts a nameless endpoint",
      "Policy violation");

  /** EVE's generator id of all Tapwarden alerts. */
  public static final int GID = 7400;

  private final int number;
  private final String detector;
  private final String text;
  private final String category;

  Signature(int number, String detector, String text, String category) {
    this.number = number;
    this.detector = detector;
    this.text = text;
    this.category = category;
  }

  /** EVE's {@code signature_id}. */
  public int number() {
    return number;
  }

  /** Name of the detector, which is also its package's last word. */
  public String detector() {
    return detector;
  }

  public String text() {
    return text;
  }

  public String category() {
    return category;
  }
}
