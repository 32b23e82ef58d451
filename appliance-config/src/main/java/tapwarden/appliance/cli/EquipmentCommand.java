package tapwarden.appliance.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapwarden.appliance.config.ConfigOverride;
import tapwarden.appliance.config.LoadedConfig;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.InventoryEntry;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.wire.MacAddressText;

/** {@code tapwarden equipment}: the inventory that captures show. */
@Command(
    name = "equipment",
    header = "Prints the inventory that captures show: whose equipment is on the network.",
    footer = {
      "",
      "Examples:",
      "  tapwarden equipment case.pcap",
      "  tapwarden equipment --vendor Huawei captures/",
      "  tapwarden equipment --json case.pcap | jq -r .vendor | sort | uniq -c"
    })
final class EquipmentCommand implements Callable<Integer>, FilterOptions.User {
  private static final int MOST_LISTED = 8;

  private final CommandContext context;

  @Mixin private CaptureArguments captures = new CaptureArguments();

  @Option(
      names = "--vendor",
      paramLabel = "TEXT",
      description = "Only equipment whose vendor contains TEXT, in any case.")
  private @Nullable String vendor;

  @Option(names = "--known", description = "Only equipment: declared, or of a vendor group.")
  private boolean known;

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private FilterOptions filter = new FilterOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  EquipmentCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine command = Specs.commandLine(spec);
    String expression = filter.expression(command, context);
    ConfigOverride noEvents =
        ConfigOverride.flag("equipment writes no events:", "eve.events", "none");
    LoadedConfig loaded = config.load(command, context, List.of(noEvents));
    if (!ConfigOptions.report(loaded, context)) {
      return ExitCode.CONFIGURATION_INVALID.number();
    }
    Terminal terminal = output.terminal(context);
    ReplayRequest request =
        new ReplayRequest(loaded.config(), captures.all(command), null, expression, false, false);
    try {
      SessionResult result = replay(request, terminal);
      print(result, terminal);
      return (result.coverage().isDamaged() ? ExitCode.INPUT_DAMAGED : ExitCode.DONE).number();
    } catch (IOException e) {
      return Failures.report(terminal, e).number();
    }
  }

  private SessionResult replay(ReplayRequest request, Terminal terminal) throws IOException {
    try (SessionPrinter printer = new SessionPrinter(terminal, output, true)) {
      return context.services().replay(request, new InventoryListener(printer, context.drain()));
    }
  }

  /** Progress and notices only; what is alerted on the way is not asked for here. */
  private record InventoryListener(
      SessionPrinter printer, tapwarden.appliance.ops.DrainOnExit drain)
      implements SessionListener {
    @Override
    public void started(SessionView session) {
      printer.started(session);
      drain.onStop(session::stop);
    }

    @Override
    public void notice(String sentence) {
      printer.notice(sentence);
    }
  }

  private void print(SessionResult result, Terminal terminal) {
    List<InventoryEntry> shown = result.inventory().stream().filter(this::isWanted).toList();
    if (output.json()) {
      shown.forEach(entry -> json(entry, terminal));
      return;
    }
    TextTable table =
        new TextTable(
            "EQUIPMENT", "VENDOR", "ROLE", "ADDRESSES", "MAC", "NAMES", "KNOWN BY", "PACKETS");
    for (InventoryEntry entry : shown) {
      table.row(
          entry.id(),
          text(vendor(entry)),
          text(entry.forwarder() ? "forwarder" : role(entry)),
          text(joined(entry.addresses())),
          text(String.join(" ", macs(entry))),
          text(joined(entry.names())),
          text(joined(entry.identifiedBy())),
          Long.toString(entry.frames()));
    }
    int columns = terminal.outIsTerminal() ? terminal.columns() : Integer.MAX_VALUE;
    table.lines(columns, terminal.color()).forEach(terminal.out()::println);
    String devices = Plural.of(shown.size(), "device", "devices");
    long known = shown.stream().filter(entry -> entry.equipment() != null).count();
    terminal
        .out()
        .println(
            devices
                + ", "
                + known
                + " of them known equipment; "
                + result.coverage().verdict().sentence(terminal.color()));
  }

  private boolean isWanted(InventoryEntry entry) {
    boolean vendorFits =
        vendor == null
            || TextTable.contains(vendor(entry), vendor)
            || TextTable.contains(entry.organisation(), vendor)
            || entry.vendorGroups().stream().anyMatch(g -> TextTable.contains(g, vendor));
    return vendorFits && (!known || entry.equipment() != null);
  }

  private static @Nullable String vendor(InventoryEntry entry) {
    Equipment equipment = entry.equipment();
    return equipment == null || equipment.vendor() == null
        ? entry.organisation()
        : equipment.vendor();
  }

  private static @Nullable String role(InventoryEntry entry) {
    return entry.equipment() == null ? null : entry.equipment().role();
  }

  private static List<String> macs(InventoryEntry entry) {
    return entry.macs().stream().map(MacAddressText::format).toList();
  }

  private static String joined(List<?> items) {
    return String.join(" ", items.stream().limit(MOST_LISTED).map(Object::toString).toList())
        + (items.size() > MOST_LISTED ? " …" : "");
  }

  private static String text(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }

  private static void json(InventoryEntry entry, Terminal terminal) {
    JsonWriter out = new JsonWriter();
    out.beginObject().name("id").value(entry.id());
    out.name("known").value(entry.equipment() != null);
    optional(out, "vendor", vendor(entry));
    optional(out, "role", role(entry));
    optional(out, "organisation", entry.organisation());
    strings(out, "vendor_groups", entry.vendorGroups());
    strings(out, "identified_by", entry.identifiedBy());
    strings(out, "addresses", entry.addresses().stream().map(Object::toString).toList());
    strings(out, "macs", macs(entry));
    strings(out, "names", entry.names());
    out.name("vlans").beginArray();
    entry.vlans().forEach(out::value);
    out.endArray();
    out.name("forwarder").value(entry.forwarder());
    out.name("first_seen").value(AlertLine.isoTime(entry.firstSeenNanos()));
    out.name("last_seen").value(AlertLine.isoTime(entry.lastSeenNanos()));
    out.name("packets").value(entry.frames()).name("bytes").value(entry.bytes());
    out.name("transit_packets").value(entry.transitFrames()).endObject();
    byte[] line = Arrays.copyOf(out.array(), out.length() + 1);
    line[out.length()] = '\n';
    terminal.out().write(line, 0, line.length);
  }

  private static void optional(JsonWriter out, String name, @Nullable String value) {
    if (value != null) {
      out.name(name).value(value);
    }
  }

  private static void strings(JsonWriter out, String name, List<String> values) {
    out.name(name).beginArray();
    values.forEach(out::value);
    out.endArray();
  }
}
