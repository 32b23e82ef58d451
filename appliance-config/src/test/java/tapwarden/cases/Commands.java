package tapwarden.cases;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tapwarden.appliance.Engine;
import tapwarden.appliance.cli.Tapwarden;
import tapwarden.appliance.cli.Terminal;
import tapwarden.appliance.ops.DrainOnExit;

/** Runs the real command inside the test's process. */
public final class Commands {
  /** What a command printed and how it ended. */
  public record Result(int code, String out, String err) {}

  private Commands() {}

  public static int run(String... words) {
    return result(words).code();
  }

  public static Result result(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false,
            120);
    int code =
        Tapwarden.execute(
            List.of(words),
            new Engine(),
            terminal,
            Map.of(),
            new DrainOnExit(Duration.ofSeconds(30)));
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
