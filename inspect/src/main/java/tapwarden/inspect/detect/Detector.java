package tapwarden.inspect.detect;

/**
 * Judges contacts. One instance a worker, called from that worker's thread in stream order; state
 * is bounded and runs on packet time. A detector reports what it finds and never asks who listens.
 */
public interface Detector {
  /** The name of its package, of its entry in alerts and in {@code suppress:}. */
  String name();

  /**
   * A contact has begun.
   *
   * @return whether, and when, this detector wants {@link #onProgress} for it
   */
  Interest onContact(Contact contact, Findings out);

  /**
   * What this detector wanted to hear of a contact has happened: it got further, its name became
   * known, or the wait for a name is over.
   */
  Interest onProgress(Contact contact, Findings out);

  /**
   * Whether what it finds hangs on the lists: it is then asked by {@link #onProgress} about
   * contacts that go on when lists were swapped, unless it has found something in them before.
   */
  default boolean usesIndicators() {
    return false;
  }

  /** A client asked for a name, or was answered. */
  default void onLookup(Lookup lookup, Findings out) {}
}
