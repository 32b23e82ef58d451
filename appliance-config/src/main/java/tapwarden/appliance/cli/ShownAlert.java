package tapwarden.appliance.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Severity;
import tapwarden.inspect.wire.IpProtocol;

/**
 * An alert as a person is shown it, whether it comes from a running session or from a log.
 *
 * @param timeNanos packet time of the contact's first packet
 * @param equipment id of the equipment it is about
 * @param address address of the endpoint; null if only a name was asked for
 * @param port 0 if there is none
 * @param protocol {@code tcp}, {@code udp}, ..., lower case
 * @param what the signature in words
 * @param count contacts and look-ups, each once, see {@link Alert#count}
 * @param further what the alert stands for beside its endpoint; the first ones
 */
record ShownAlert(
    String id,
    int revision,
    long timeNanos,
    Severity severity,
    int score,
    String equipment,
    @Nullable String vendor,
    @Nullable String role,
    @Nullable String address,
    int port,
    String protocol,
    @Nullable String name,
    String detector,
    String what,
    String stage,
    long count,
    long firstSeenNanos,
    long lastSeenNanos,
    List<String> because,
    List<Further> further) {
  /** Another endpoint: its address, its name, or both. */
  record Further(@Nullable String address, @Nullable String name) {
    private static Further of(Endpoint endpoint) {
      return new Further(endpoint.ip() == null ? null : endpoint.ip().toString(), endpoint.name());
    }

    String text() {
      return address == null ? Objects.toString(name, "?") : address;
    }
  }

  ShownAlert {
    further = List.copyOf(further);
    because = List.copyOf(because);
  }

  static ShownAlert of(Alert alert) {
    Finding finding = alert.finding();
    return new ShownAlert(
        alert.id(),
        alert.revision(),
        finding.firstPacketNanos(),
        alert.severity(),
        alert.score(),
        finding.subject().id(),
        finding.subject().vendor(),
        finding.subject().role(),
        finding.endpoint().ip() == null ? null : finding.endpoint().ip().toString(),
        finding.endpoint().port(),
        protocol(finding.protocol()),
        finding.endpoint().name(),
        finding.signature().detector(),
        finding.signature().text(),
        alert.stage().id(),
        alert.count(),
        alert.firstSeenNanos(),
        alert.lastSeenNanos(),
        alert.because(),
        alert.furtherEndpoints().stream().map(Further::of).toList());
  }

  /** {@code 203.0.113.9:443/tcp}, {@code [2001:db8::9]:443/tcp}, or the bare name. */
  String endpoint() {
    if (address == null) {
      return name == null ? "?" : name;
    }
    if (port == 0) {
      return address + "/" + protocol;
    }
    String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    return host + ":" + port + "/" + protocol;
  }

  private static String protocol(int number) {
    return switch (number) {
      case IpProtocol.ICMP -> "icmp";
      case IpProtocol.TCP -> "tcp";
      case IpProtocol.UDP -> "udp";
      case IpProtocol.GRE -> "gre";
      case IpProtocol.ESP -> "esp";
      case IpProtocol.ICMPV6 -> "icmpv6";
      case IpProtocol.SCTP -> "sctp";
      default -> "ip-" + number;
    };
  }
}
