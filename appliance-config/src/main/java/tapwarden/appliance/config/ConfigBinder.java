package tapwarden.appliance.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tapwarden.appliance.console.ConsoleOptions;
import tapwarden.inspect.alert.Suppression;
import tapwarden.inspect.equipment.EquipmentDeclaration;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.equipment.PolicyDeclaration;
import tapwarden.inspect.intel.IndicatorSource;

/** Turns the merged configuration into the records of options that the modules own. */
final class ConfigBinder {
  /** The only version of the file format so far. */
  static final String VERSION = "1";

  /** What is at home unless the configuration says otherwise. */
  static final List<String> DEFAULT_HOME =
      List.of(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "169.254.0.0/16",
          "fc00::/7",
          "fe80::/10");

  private final ConfigProblems problems;
  private final Set<String> catalogue;

  ConfigBinder(ConfigProblems problems, Set<String> catalogue) {
    this.problems = problems;
    this.catalogue = catalogue;
  }

  TapwardenConfig bind(YamlValue.Mapping merged) {
    Section top = new Section(merged, "", problems, catalogue);
    version(top);
    Networks networks = networks(top.section("networks"));
    Map<String, List<String>> vendorGroups = vendorGroups(top.section("vendor-groups"));
    List<PolicyDeclaration> policies = policies(top.section("policies"));
    List<EquipmentDeclaration> equipment = equipment(top, policies, vendorGroups);
    List<IndicatorSource> indicators = new ArrayList<>();
    for (Section entry : top.entries("indicators")) {
      IndicatorBinder.bind(entry, problems).ifPresent(indicators::add);
    }
    List<Suppression> suppress = new ArrayList<>();
    for (Section entry : top.entries("suppress")) {
      suppress.add(SuppressionBinder.bind(entry, problems));
    }
    TapwardenConfig config =
        new TapwardenConfig(
            networks,
            equipment,
            policies,
            vendorGroups,
            indicators,
            suppress,
            EngineBinder.capture(top.section("capture")),
            EngineBinder.ring(top.section("ring"), problems),
            EngineBinder.flow(top.section("flow")),
            EngineBinder.fragments(top.section("fragments"), equipment, problems),
            EngineBinder.stream(top.section("stream"), equipment, problems),
            EngineBinder.identity(top.section("identity")),
            OutputBinder.incidents(top.section("incidents")),
            OutputBinder.eve(top.section("eve"), problems),
            OutputBinder.evidence(top.section("evidence")),
            OutputBinder.retention(top.section("retention")),
            console(top.section("console")));
    top.end();
    return config;
  }

  /** Fills {@code catalogue} with every key there is. */
  static void collectKeys(Set<String> catalogue) {
    YamlValue.Mapping empty =
        new YamlValue.Mapping(Position.whole(ConfigText.line("", "")), List.of());
    new ConfigBinder(new ConfigProblems(), catalogue).bind(empty);
    catalogue.remove("config-version");
  }

  private void version(Section top) {
    String version = top.text("config-version", VERSION);
    if (!version.equals(VERSION)) {
      problems.error(
          top.position("config-version"),
          "config-version " + Visible.text(version) + " is not known to this release",
          "allowed: " + VERSION);
    }
  }

  private Networks networks(Section section) {
    boolean given = section.has("home");
    Networks networks = new Networks(Words.networks(section.items("home"), problems));
    section.end();
    return given ? networks : defaultNetworks();
  }

  static Networks defaultNetworks() {
    Position nowhere = Position.whole(ConfigText.line("default", ""));
    List<Item> items = DEFAULT_HOME.stream().map(text -> new Item(text, nowhere)).toList();
    return new Networks(Words.networks(items, new ConfigProblems()));
  }

  private Map<String, List<String>> vendorGroups(Section section) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Item name : section.names()) {
      List<Item> organisations = section.items(name.text());
      if (organisations.isEmpty()) {
        problems.error(
            name.position(), "the vendor group '" + Visible.text(name.text()) + "' is empty");
      }
      groups.put(name.text(), organisations.stream().map(Item::text).toList());
    }
    return groups;
  }

  private List<PolicyDeclaration> policies(Section section) {
    List<PolicyDeclaration> policies = new ArrayList<>();
    for (Item name : section.names()) {
      policies.add(PolicyBinder.bind(name, section.section(name.text()), problems));
    }
    return policies;
  }

  private List<EquipmentDeclaration> equipment(
      Section top, List<PolicyDeclaration> policies, Map<String, List<String>> vendorGroups) {
    EquipmentBinder binder =
        new EquipmentBinder(
            policies.stream().map(PolicyDeclaration::name).toList(),
            vendorGroups.keySet(),
            problems);
    return top.entries("equipment").stream().map(binder::bind).toList();
  }

  private ConsoleOptions console(Section section) {
    ConsoleOptions fallback = ConsoleOptions.DEFAULT;
    String listen = section.text("listen", fallback.listen());
    if (!ConsoleOptions.isAddress(listen)) {
      problems.error(
          section.position("listen"),
          "'" + Visible.text(listen) + "' is no address to listen on",
          "an IPv4 or IPv6 address: 127.0.0.1, ::1");
      listen = fallback.listen();
    } else if (!ConsoleOptions.isLoopback(listen)) {
      problems.warning(
          section.position("listen"),
          "the live port has neither a password nor encryption, and this address can be reached"
              + " from elsewhere",
          "put a proxy that asks who is there before it, or listen on 127.0.0.1");
    }
    ConsoleOptions options =
        new ConsoleOptions(
            section.flag("enabled", fallback.enabled()),
            listen,
            section.integer("port", fallback.port(), 0, 65_535),
            section.items("hosts").stream().map(Item::text).toList(),
            section.integer("max-connections", fallback.maxConnections(), 1, 10_000),
            section.integer("kept-alerts", fallback.keptAlerts(), 1, 1_000_000),
            section.size("kept-bytes", fallback.keptBytes(), 1 << 16, 1L << 32),
            section.duration(
                "request-timeout",
                fallback.requestTimeout(),
                Duration.ofMillis(100),
                Duration.ofMinutes(5)),
            section.duration(
                "write-timeout",
                fallback.writeTimeout(),
                Duration.ofMillis(100),
                Duration.ofMinutes(10)));
    section.end();
    return options;
  }
}
