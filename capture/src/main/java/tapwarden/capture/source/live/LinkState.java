package tapwarden.capture.source.live;

/** Whether frames can come from an interface. */
public enum LinkState {
  /** Switched on, with a carrier where it has such a thing. */
  UP("is up"),
  /** The cable is out, or the other end is off. */
  NO_CARRIER("has no carrier"),
  /** Somebody switched it off. */
  SWITCHED_OFF("is switched off"),
  /** It was removed; one that gets its name later is another. */
  GONE("was removed");

  private final String words;

  LinkState(String words) {
    this.words = words;
  }

  /** What follows the interface's name in a sentence. */
  public String words() {
    return words;
  }
}
