package tapwarden.inspect.pipeline;

/** The keyed hash that spreads frames over workers: nobody outside can aim at one worker. */
final class ShardHash {
  private final long key;

  ShardHash(long key) {
    this.key = key | 1;
  }

  int ofEquipment(int index, int workers) {
    return reduce(mix(key, index), workers);
  }

  int ofAddress(int version, long high, long low, int workers) {
    return reduce(mix(mix(key ^ version, high), low), workers);
  }

  /** The same for both directions. */
  int ofPair(int version, long highA, long lowA, long highB, long lowB, int workers) {
    long a = mix(mix(key, highA), lowA);
    long b = mix(mix(key, highB), lowB);
    return reduce(mix(a + b, version), workers);
  }

  private static int reduce(long hash, int workers) {
    return (int) (((hash >>> 32) * workers) >>> 32);
  }

  private long mix(long state, long word) {
    long x = (state ^ word) * key;
    return (x ^ x >>> 32) * 0x9E3779B97F4A7C15L;
  }
}
