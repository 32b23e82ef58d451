package tapwarden.appliance;

import java.time.Duration;
import java.util.List;
import tapwarden.appliance.cli.Tapwarden;
import tapwarden.appliance.cli.Terminal;
import tapwarden.appliance.ops.DrainOnExit;

/** Where the process starts. */
public final class Main {
  /** How long a session may take to drain after a signal. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Main() {}

  public static void main(String[] arguments) {
    DrainOnExit drain = new DrainOnExit(PATIENCE);
    drain.install(line -> System.err.println("tapwarden: " + line));
    int code =
        Tapwarden.execute(
            List.of(arguments),
            new Engine(),
            Terminal.ofProcess(System.getenv()),
            System.getenv(),
            drain);
    drain.exit(code);
  }
}
