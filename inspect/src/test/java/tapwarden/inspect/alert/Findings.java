package tapwarden.inspect.alert;

import java.util.List;
import tapwarden.inspect.wire.IpAddress;

/** Findings for tests: each method changes one thing of the one before. */
public final class Findings {
  public static final long SECOND = 1_000_000_000L;
  public static final long START = 1_767_323_045L * SECOND;

  private Findings() {}

  /** Equipment {@code enb-1} contacts 203.0.113.9:443 {@code seconds} after {@link #START}. */
  public static Finding at(long seconds) {
    return of("enb-1", "203.0.113.9", Stage.ATTEMPT, 60, seconds, "not in policy ran");
  }

  public static Finding of(
      String equipment, String ip, Stage stage, int score, long seconds, String... because) {
    long nanos = START + seconds * SECOND;
    return new Finding(
        Signature.POLICY_NOT_ALLOWED,
        new Subject(equipment, "Huawei", "base-station", List.of("cidr")),
        new Endpoint(IpAddress.parse(ip), 443, null, null),
        6,
        stage,
        score,
        List.of(because),
        null,
        100 + seconds,
        nanos,
        100 + seconds,
        nanos);
  }

  public static Finding named(String name, long seconds) {
    Finding f = at(seconds);
    return new Finding(
        Signature.WATCHLIST_NAME,
        f.subject(),
        new Endpoint(null, 0, name, "dns"),
        17,
        f.stage(),
        f.score(),
        f.because(),
        null,
        f.firstPacketNumber(),
        f.firstPacketNanos(),
        f.packetNumber(),
        f.packetNanos());
  }
}
