package tapwarden.appliance.cli;

import java.io.IOException;
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
import tapwarden.inspect.equipment.Claim;
import tapwarden.inspect.equipment.InventoryEntry;
import tapwarden.inspect.equipment.claim.ClaimKind;

/** {@code tapwarden equipment}: the inventory that captures show. */
@Command(
    name = "equipment",
    header = "Prints the inventory that captures show: whose equipment is on the network.",
    description = {
      "",
      "Below the table stands what devices say of themselves, where they said it, and what follows",
      "from it. That is evidence: it never takes the place of what is declared."
    },
    footer = {
      "",
      "Examples:",
      "  tapwarden equipment case.pcap",
      "  tapwarden equipment --vendor Huawei captures/",
      "  tapwarden equipment --json case.pcap | jq -r .vendor | sort | uniq -c"
    })
final class EquipmentCommand implements Callable<Integer>, FilterOptions.User {
  private final CommandContext context;

  @Mixin private CaptureArguments captures = new CaptureArguments();

  @Option(
      names = "--vendor",
      paramLabel = "TEXT",
      description = {
        "Only equipment whose vendor contains TEXT, in any case: as declared, as the hardware",
        "address is registered, or as the device's own words say."
      })
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
      InventoryJson json = new InventoryJson();
      shown.forEach(entry -> terminal.out().writeBytes(json.line(entry)));
      return;
    }
    InventoryText text = new InventoryText(terminal);
    text.table(shown);
    text.details(shown);
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
            || TextTable.contains(InventoryText.vendor(entry), vendor)
            || TextTable.contains(entry.organisation(), vendor)
            || entry.vendorGroups().stream().anyMatch(g -> TextTable.contains(g, vendor))
            || entry.claims().stream()
                .map(Claim::guess)
                .filter(guess -> guess.kind() == ClaimKind.VENDOR)
                .anyMatch(guess -> TextTable.contains(guess.value(), vendor));
    return vendorFits && (!known || entry.equipment() != null);
  }
}
