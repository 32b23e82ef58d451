package tapwarden.appliance.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class PublicLogTest {
  private static LogRecord entry(String message) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setLoggerName("tapwarden.capture.ring.FrameRing");
    entry.setInstant(Instant.parse("2026-11-23T08:00:00.123Z"));
    return entry;
  }

  @Test
  void writesOneLineAnEntry() {
    assertThat(new PublicLog.OneLine(false).format(entry("worker 1 stopped")))
        .isEqualTo("2026-11-23T08:00:00.123Z warning FrameRing: worker 1 stopped\n");
  }

  /** The JDK resets its log in a shutdown hook, beside the one that lets a session drain. */
  @Test
  void leavesStandardErrorOpenWhenTheLogEnds() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
    PublicLog.start(err, 0);
    LogManager.getLogManager().reset();
    err.println("error: 3 events were lost");
    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("error: 3 events were lost\n");
  }

  @Test
  void textFromAPacketCannotForgeAnEntry() {
    LogRecord entry = entry("name is a\n2026 error x\u001b[2J\u202e");
    entry.setThrown(new IllegalStateException("b\r\nc"));
    assertThat(new PublicLog.OneLine(false).format(entry))
        .endsWith(
            "name is a\\u000a2026 error x\\u001b[2J\\u202e:"
                + " java.lang.IllegalStateException: b\\u000d\\u000ac\n")
        .hasLineCount(1);
  }
}
