package tapwarden.appliance.cli;

/** Which release this is. */
public final class Version {
  private Version() {}

  /** The release's number; {@code unreleased} when the classes come from no jar. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }

  static String line() {
    return "Tapwarden " + number() + " (Java " + Runtime.version().feature() + ")";
  }
}
