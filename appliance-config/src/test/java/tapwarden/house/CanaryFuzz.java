package tapwarden.house;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A fuzz test that must fail on one of its seeds; run by {@link FuzzCanaryTest} alone. */
class CanaryFuzz {
  @FuzzTest
  void sings(byte[] data) {
    if (Arrays.equals(data, "canary".getBytes(StandardCharsets.US_ASCII))) {
      throw new IllegalStateException("the canary sings");
    }
  }
}
