package tapwarden.appliance.ops;

import static tapwarden.inspect.alert.Signature.POLICY_EXCLUDED_VENDOR;
import static tapwarden.inspect.alert.Signature.POLICY_NOT_ALLOWED;
import static tapwarden.inspect.alert.Signature.WATCHLIST_ADDRESS;
import static tapwarden.inspect.alert.Signature.WATCHLIST_ADDRESS_PORT;
import static tapwarden.inspect.alert.Signature.WATCHLIST_NAME;
import static tapwarden.inspect.alert.Signature.WATCHLIST_NAMED_CONTACT;
import static tapwarden.inspect.alert.Signature.WATCHLIST_NETWORK;

import java.util.List;
import java.util.function.Consumer;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Host;
import tapwarden.capture.forge.Traffic;
import tapwarden.inspect.alert.Signature;

/**
 * What {@code selftest} replays: for each detector, traffic that it must speak up on, and traffic
 * just beside it that it must let pass. Addresses outside are documentation ranges (RFC 5737, RFC
 * 3849), names are under {@code .example} (RFC 2606).
 */
public final class SelftestCases {
  private static final long START_NANOS = 1_793_606_400_000_000_000L; // 2026-11-02T08:00:00Z

  private static final Host GATEWAY = Host.of("00:1b:17:00:10:01", "10.0.0.1");
  private static final Host RESOLVER = GATEWAY.withAddress("10.20.0.53");
  private static final Host STATION = Host.of("02:00:00:00:17:02", "10.40.17.2");
  private static final Host CAMERA = Host.of("c0:56:e3:77:1a:90", "10.60.4.32");
  private static final Host OUTSIDE = GATEWAY.withAddress("203.0.113.9");
  private static final Host OTHER = GATEWAY.withAddress("198.51.100.20");
  private static final byte[] REQUEST = {1, 2, 3, 4};
  private static final byte[] REPLY = {4, 3, 2, 1};

  private static final String EMPTY = "config-version: 1\n";
  private static final String POLICY =
      """
      config-version: 1
      equipment:
        - { id: station, match: { ip: 10.40.17.2 }, role: base-station, policy: ran }
      policies:
        ran:
          allow:
            - { name: "*.oam.example", port: 443 }
            - { cidr: 198.51.100.0/24, proto: tcp, port: 8443 }
      """;

  private SelftestCases() {}

  /** All of them, in the order in which they are shown. */
  public static List<SelftestCase> all() {
    return List.of(
        watchlist("listed address", "203.0.113.9", OUTSIDE, 443, WATCHLIST_ADDRESS),
        watchlist("listed network", "203.0.113.0/28", OUTSIDE, 443, WATCHLIST_NETWORK),
        watchlist(
            "listed address and port", "203.0.113.9:8443", OUTSIDE, 8443, WATCHLIST_ADDRESS_PORT),
        watchlist("another port of it", "203.0.113.9:8443", OUTSIDE, 443),
        watchlist("another address", "203.0.113.10", OUTSIDE, 443),
        watchlistV6(),
        lookedUp(
            "listed name looked up, then called",
            "cc.bad.example",
            WATCHLIST_NAME,
            WATCHLIST_NAMED_CONTACT),
        lookedUp("name below a listed one", "bad.example", WATCHLIST_NAME, WATCHLIST_NAMED_CONTACT),
        lookedUp("name that only ends alike", "c.bad.example"),
        policy("address outside the policy", t -> call(t, OUTSIDE, 443), POLICY_NOT_ALLOWED),
        policy("allowed network, other port", t -> call(t, OTHER, 443), POLICY_NOT_ALLOWED),
        policy("allowed network and port", t -> call(t, OTHER, 8443)),
        policy("allowed name", SelftestCases::callAllowedName),
        policy("inside the home network", t -> call(t, RESOLVER, 443)),
        excludedVendor());
  }

  private static SelftestCase watchlist(
      String name, String entry, Host server, int port, Signature... expected) {
    Traffic traffic = call(new Traffic(START_NANOS), server, port);
    return of("watchlist", name, traffic, EMPTY, List.of(entry), expected);
  }

  private static SelftestCase watchlistV6() {
    Host client = STATION.withAddress("fd00:40::2");
    Host server = GATEWAY.withAddress("2001:db8::9");
    Traffic traffic =
        new Traffic(START_NANOS).tcpExchange(client, 40_000, server, 443, REQUEST, REPLY);
    return of(
        "watchlist",
        "listed IPv6 address",
        traffic,
        EMPTY,
        List.of("2001:db8::9"),
        WATCHLIST_ADDRESS);
  }

  private static SelftestCase lookedUp(String name, String entry, Signature... expected) {
    Traffic traffic =
        new Traffic(START_NANOS).dnsLookup(STATION, RESOLVER, "cc.bad.example", OUTSIDE.address());
    return of("watchlist", name, call(traffic, OUTSIDE, 443), EMPTY, List.of(entry), expected);
  }

  private static SelftestCase policy(
      String name, Consumer<Traffic> happens, Signature... expected) {
    Traffic traffic = new Traffic(START_NANOS);
    happens.accept(traffic);
    return of("policy", name, traffic, POLICY, List.of(), expected);
  }

  private static void callAllowedName(Traffic traffic) {
    traffic.dnsLookup(STATION, RESOLVER, "enb.oam.example", OUTSIDE.address());
    call(traffic, OUTSIDE, 443);
  }

  private static SelftestCase excludedVendor() {
    Traffic traffic =
        new Traffic(START_NANOS)
            .frame(
                Forge.ethernet(CAMERA.mac(), "ff:ff:ff:ff:ff:ff"),
                Forge.arpRequest(CAMERA.mac(), CAMERA.address(), "10.60.4.1"))
            .tcpExchange(CAMERA, 40_000, OUTSIDE, 8000, REQUEST, REPLY);
    return of(
        "policy",
        "undeclared camera of an excluded vendor",
        traffic,
        EMPTY,
        List.of(),
        POLICY_EXCLUDED_VENDOR);
  }

  private static Traffic call(Traffic traffic, Host server, int port) {
    return traffic.tcpExchange(STATION, 40_000, server, port, REQUEST, REPLY);
  }

  private static SelftestCase of(
      String detector,
      String name,
      Traffic traffic,
      String configuration,
      List<String> indicators,
      Signature... expected) {
    return new SelftestCase(
        detector + ": " + name, detector, traffic, configuration, indicators, List.of(expected));
  }
}
