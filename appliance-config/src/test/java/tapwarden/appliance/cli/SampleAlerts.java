package tapwarden.appliance.cli;

import java.util.List;
import java.util.Objects;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Signature;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.wire.IpAddress;

/** Alerts for tests of what is printed. */
final class SampleAlerts {
  /** 2026-11-23T08:00:00.000001Z. */
  static final long NANOS = 1_795_420_800_000_001_000L;

  private SampleAlerts() {}

  static Alert alert(String id, int revision, int score, String name) {
    Finding finding =
        new Finding(
            Signature.WATCHLIST_ADDRESS,
            new Subject("enb-tokyo-17", "Huawei", "base-station", List.of("cidr")),
            new Endpoint(Objects.requireNonNull(IpAddress.parse("203.0.113.9")), 443, name, "dns"),
            6,
            Stage.ESTABLISHED,
            score,
            List.of("listed in c2.txt", "first contact ever"),
            null,
            7,
            NANOS,
            9,
            NANOS + 1_000);
    return new Alert(
        id,
        revision,
        finding,
        Stage.ESTABLISHED,
        score,
        finding.because(),
        revision,
        NANOS,
        NANOS + 1_000,
        null,
        List.of(7L));
  }
}
