package tapwarden.inspect.equipment;

/** How much was seen of a sender, and when. */
final class Sighting {
  long frames;
  long bytes;
  long firstNanos;
  long lastNanos;

  void add(int wireLength, long timestampNanos) {
    if (frames++ == 0) {
      firstNanos = timestampNanos;
    }
    bytes += wireLength;
    // The last frame's, not the highest: a wild stamp counts until the next frame only.
    lastNanos = timestampNanos;
  }
}
