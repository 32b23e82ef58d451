package tapwarden.appliance.console;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

/**
 * Where the live port listens and how much it grants a client.
 *
 * @param enabled whether {@code run} opens it
 * @param listen address to listen on
 * @param port TCP port; 0 for any free one
 * @param hosts names, besides localhost, that a request may be addressed to; addresses always may
 * @param maxConnections most clients at once, of which three quarters may listen to alerts; for one
 *     more the client that kept us waiting longest is turned away
 * @param keptAlerts most alerts kept in memory for clients that come back
 * @param keptBytes most bytes of them
 * @param requestTimeout longest time a client may take to send its request
 * @param writeTimeout longest time a client may leave what is sent to it unread
 */
public record ConsoleOptions(
    boolean enabled,
    String listen,
    int port,
    List<String> hosts,
    int maxConnections,
    int keptAlerts,
    long keptBytes,
    Duration requestTimeout,
    Duration writeTimeout) {
  public static final ConsoleOptions DEFAULT =
      new ConsoleOptions(
          true,
          "127.0.0.1",
          7400,
          List.of(),
          64,
          4096,
          16L << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  private static final List<Cidr> LOOPBACK =
      List.of(
          Objects.requireNonNull(Cidr.parse("127.0.0.0/8")),
          Objects.requireNonNull(Cidr.parse("::1/128")));

  public ConsoleOptions {
    hosts = List.copyOf(hosts);
  }

  public static boolean isAddress(String text) {
    return IpAddress.parse(text) != null;
  }

  /** Whether only this machine can reach the address. */
  public static boolean isLoopback(String text) {
    IpAddress address = IpAddress.parse(text);
    return address != null && LOOPBACK.stream().anyMatch(network -> network.contains(address));
  }
}
