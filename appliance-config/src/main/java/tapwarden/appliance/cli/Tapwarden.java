package tapwarden.appliance.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tapwarden.appliance.config.Visible;
import tapwarden.appliance.ops.DrainOnExit;
import tapwarden.appliance.ops.PublicLog;
import tapwarden.inspect.alert.Severity;

/** The {@code tapwarden} command: takes the command line apart and runs the command it names. */
@Command(
    name = "tapwarden",
    header =
        "Watches network equipment from a mirror port and says when it talks to an endpoint"
            + " that it has no business with.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  tapwarden replay case.pcap            inspect a capture",
      "  tapwarden run -i eth1                 inspect a mirror port",
      "  tapwarden check -c site.yaml          see what is wrong with a configuration",
      "  tapwarden alerts -l tapwarden-out     look through the alerts of a log directory",
      "  tapwarden replay --help               everything about one command"
    })
public final class Tapwarden implements Callable<Integer> {
  /** Every command by its name, in the order of the help. */
  private static final Map<String, Function<CommandContext, CommandLine>> COMMANDS = commands();

  /** Needs to know all the others. */
  private static final String COMPLETION = "completion";

  private final CommandContext context;

  @Option(names = "-T", description = "Checks the configuration and exits, as 'check' does.")
  private boolean testConfiguration;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  private Tapwarden(CommandContext context) {
    this.context = context;
  }

  /**
   * Runs one command line to its end.
   *
   * @param drain asked to stop the session that the command starts when a signal comes
   * @return the exit code of the process
   */
  public static int execute(
      List<String> arguments,
      CommandServices services,
      Terminal terminal,
      Map<String, String> environment,
      DrainOnExit drain) {
    int words = arguments.indexOf("--");
    List<String> own = words < 0 ? arguments : arguments.subList(0, words);
    List<String> filterWords =
        words < 0 ? List.of() : List.copyOf(arguments.subList(words + 1, arguments.size()));
    PublicLog.start(terminal.err(), verbosity(own));
    CommandContext context =
        new CommandContext(services, terminal, environment, filterWords, drain);
    int code =
        commandLine(context, own.isEmpty() ? "" : own.getFirst())
            .execute(own.stream().map(Tapwarden::spelledOut).toArray(String[]::new));
    terminal.out().flush();
    terminal.err().flush();
    return code;
  }

  @Override
  public Integer call() {
    CommandLine command = Specs.commandLine(spec);
    if (testConfiguration) {
      return CheckCommand.check(config, command, context);
    }
    command.usage(command.getErr());
    return ExitCode.WRONG_USAGE.number();
  }

  private static Map<String, Function<CommandContext, CommandLine>> commands() {
    Map<String, Function<CommandContext, CommandLine>> all = new LinkedHashMap<>();
    all.put("replay", context -> new CommandLine(new ReplayCommand(context)));
    all.put("run", context -> new CommandLine(new RunCommand(context)));
    all.put("check", context -> new CommandLine(new CheckCommand(context)));
    all.put("explain", context -> new CommandLine(new ExplainCommand(context)));
    all.put("interfaces", context -> new CommandLine(new InterfacesCommand(context)));
    all.put("equipment", context -> new CommandLine(new EquipmentCommand(context)));
    all.put(
        "alerts",
        context ->
            new CommandLine(new AlertsCommand(context))
                .addSubcommand(new AlertsShowCommand(context)));
    all.put("selftest", context -> new CommandLine(new SelftestCommand(context)));
    all.put(COMPLETION, context -> new CommandLine(new CompletionCommand(context)));
    return all;
  }

  /**
   * The command line's model: with the command named first alone, since to describe the others
   * takes longer than all else of a start, or with all commands when none is named.
   */
  private static CommandLine commandLine(CommandContext context, String named) {
    CommandLine root = new CommandLine(new Tapwarden(context));
    boolean alone = COMMANDS.containsKey(named) && !named.equals(COMPLETION);
    COMMANDS.forEach((name, command) -> {
      if (!alone || name.equals(named)) {
        root.addSubcommand(name, command.apply(context));
      }
    });
    root.getCommandSpec().versionProvider(() -> new String[] {Version.line()});
    everyCommand(root);
    Terminal terminal = context.terminal();
    root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    root.setUsageHelpWidth(Math.clamp(terminal.columns(), 60, 120));
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.registerConverter(Severity.class, ReplayCommand::severity);
    root.registerConverter(Long.class, Tapwarden::wholeNumber);
    root.setParameterExceptionHandler(Tapwarden::wrongUsage);
    root.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    root.setExecutionStrategy(parsed -> run(parsed, context));
    return root;
  }

  private static void everyCommand(CommandLine command) {
    command.getSubcommands().values().forEach(Tapwarden::everyCommand);
    CommandLine.Model.CommandSpec spec = command.getCommandSpec();
    spec.addOption(
        CommandLine.Model.OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Shows this help.")
            .build());
    if (spec.parent() == null) {
      spec.addOption(
          CommandLine.Model.OptionSpec.builder("-V", "--version")
              .versionHelp(true)
              .description("Shows the version.")
              .build());
    }
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.number()), code.meaning());
    }
    spec.usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(codes)
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .parameterListHeading("%n")
        .sortOptions(false);
  }

  private static int run(CommandLine.ParseResult parsed, CommandContext context) {
    CommandLine.ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    CommandLine command = last.commandSpec().commandLine();
    if (!context.filterWords().isEmpty() && !(command.getCommand() instanceof FilterOptions.User)) {
      throw new CommandLine.ParameterException(command, "this command takes no filter after '--'");
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int wrongUsage(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + Visible.text(String.valueOf(e.getMessage())));
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Help: " + name + " --help");
    }
    return ExitCode.WRONG_USAGE.number();
  }

  private static int failed(Exception e, CommandLine command) {
    command.getErr().println("error: " + Visible.text(String.valueOf(e.getMessage())));
    System.getLogger(Tapwarden.class.getName()).log(System.Logger.Level.INFO, "failed", e);
    return ExitCode.FAILED.number();
  }

  /** An optional value that stands apart would swallow the capture that follows. */
  private static String spelledOut(String argument) {
    return argument.equals("--fail-on-alert")
        ? "--fail-on-alert=" + Severity.LOW.name().toLowerCase(Locale.ROOT)
        : argument;
  }

  private static Long wholeNumber(String word) {
    try {
      return Long.valueOf(word);
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException("'" + word + "' is no whole number");
    }
  }

  private static int verbosity(List<String> arguments) {
    return arguments.stream()
        .mapToInt(a -> a.equals("-v") || a.equals("--verbose") ? 1 : a.equals("-vv") ? 2 : 0)
        .sum();
  }

  /** Names of all commands, for documentation and tests. */
  static List<String> commandNames(CommandContext context) {
    return Arrays.asList(commandLine(context, "").getSubcommands().keySet().toArray(String[]::new));
  }
}
