package tapwarden.inspect.flow;

/**
 * A keyed 32-bit hash of a {@link FlowKey}: multilinear hashing (Lemire and Kaser, "Strongly
 * universal string hashing is fast") with one secret 64-bit multiplier for each 32-bit word. For
 * any two different keys the chance of a collision over the choice of the secret is 2^-32, so
 * nobody who does not know the secret can construct a chain of colliding flows.
 */
final class FlowHash {
  private final long k0;
  private final long k1;
  private final long k2;
  private final long k3;
  private final long k4;
  private final long k5;
  private final long k6;
  private final long k7;
  private final long k8;
  private final long k9;
  private final long k10;
  private final long k11;
  private final long k12;
  private final long k13;

  FlowHash(long secret) {
    long[] k = new long[14];
    long state = secret;
    for (int i = 0; i < k.length; i++) {
      state += 0x9E37_79B9_7F4A_7C15L;
      k[i] = PublicMix.avalanche(state);
    }
    k0 = k[0];
    k1 = k[1];
    k2 = k[2];
    k3 = k[3];
    k4 = k[4];
    k5 = k[5];
    k6 = k[6];
    k7 = k[7];
    k8 = k[8];
    k9 = k[9];
    k10 = k[10];
    k11 = k[11];
    k12 = k[12];
    k13 = k[13];
  }

  /** All fields of the key take part; equal keys have equal hashes whoever sent the packet. */
  int hash(FlowKey key) {
    long sum = k0;
    sum += k1 * low(key.aLow) + k2 * low(key.bLow);
    sum += k3 * low(key.tuple) + k4 * (key.tuple >>> 32);
    sum += k5 * low(key.scope) + k6 * (key.scope >>> 32);
    sum += k7 * low(key.tunnelId);
    if ((key.aHigh | key.bHigh | (key.aLow | key.bLow) >>> 32) != 0) {
      sum += k8 * (key.aLow >>> 32) + k9 * (key.bLow >>> 32);
      sum += k10 * low(key.aHigh) + k11 * (key.aHigh >>> 32);
      sum += k12 * low(key.bHigh) + k13 * (key.bHigh >>> 32);
    }
    return (int) (sum >>> 32);
  }

  private static long low(long word) {
    return word & 0xFFFF_FFFFL;
  }
}
