package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever presses Ctrl-C twice means it. */
class SecondSignalTest {
  @Test
  @Timeout(60)
  void theFirstSignalDrainsAndTheSecondEndsAtOnceAndSaysSo() throws Exception {
    Process process = start();
    try (BufferedReader said = process.inputReader()) {
      awaitLine(said, "running");
      process.toHandle().destroy();
      awaitLine(said, "stopping: what is under way is written; a second signal ends at once");
      awaitLine(said, "asked to stop");
      assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).as("drains for 30 s").isFalse();
      process.toHandle().destroy();
      awaitLine(said, "a second signal: ended at once, what was under way is not written");
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @Timeout(60)
  void aTerminalThatClosesDrainsAsTheOtherSignalsDo() throws Exception {
    Process process = start();
    try (BufferedReader said = process.inputReader()) {
      awaitLine(said, "running");
      new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();
      awaitLine(said, "stopping: what is under way is written; a second signal ends at once");
      awaitLine(said, "asked to stop");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start() throws IOException {
    List<String> command =
        List.of(
            // Whoever runs the tests may ignore signals (nohup, a background job): they would stay
            // ignored.
            "env",
            "--default-signal=HUP,INT",
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            StubbornMain.class.getName());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The lines come from two threads; others may stand between. */
  private static void awaitLine(BufferedReader said, String line) throws Exception {
    String next = said.readLine();
    while (next != null && !next.equals(line)) {
      next = said.readLine();
    }
    assertThat(next).isEqualTo(line);
  }
}
