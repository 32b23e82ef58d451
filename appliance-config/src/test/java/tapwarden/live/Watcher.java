package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program that listens at the tap until a signal ends it: its process and what it says. */
final class Watcher implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final Path said;

  private Watcher(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  /**
   * Starts a command at the tap.
   *
   * @param said gets what it prints
   */
  static Watcher start(MirrorCable cable, List<String> command, Path said) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(cable.atTap(command))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    return new Watcher(builder.start(), said);
  }

  /** The product itself, as the class path of this test has it. */
  static Watcher tapwarden(MirrorCable cable, Path said, List<String> words) throws IOException {
    return start(cable, program(words), said);
  }

  /** The command line that starts the product with these arguments. */
  static List<String> program(List<String> words) {
    List<String> command = new ArrayList<>();
    // Whoever runs the tests may ignore signals (nohup, a background job): they would stay ignored.
    command.addAll(List.of("env", "--default-signal=HUP,INT"));
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            "tapwarden.appliance.Main"));
    command.addAll(words);
    return command;
  }

  /** tcpdump with stamps in nanoseconds, writing {@code recording}. */
  static Watcher tcpdump(MirrorCable cable, Path said, Path recording) throws IOException {
    List<String> command =
        List.of(
            "tcpdump",
            "-n",
            "-i",
            MirrorCable.TAP,
            "--time-stamp-precision=nano",
            "-B",
            "131072",
            "-Z",
            "root",
            "-U",
            "-w",
            recording.toString());
    return start(cable, command, said);
  }

  /** Waits until it has said a word; fails with all that it said if that takes too long. */
  void awaitWord(String word, int seconds) throws Exception {
    awaitThat("says '" + word + "'", seconds, text -> text.contains(word));
  }

  private void awaitThat(String what, int seconds, Predicate<String> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.test(said())) {
      assertThat(process.isAlive() && System.nanoTime() < deadline)
          .as(what + ", but it only said: " + said())
          .isTrue();
      Thread.sleep(POLL_MILLIS);
    }
  }

  String said() throws IOException {
    return Files.exists(said) ? Files.readString(said) : "";
  }

  /** SIGTERM, then the exit code; -1 if it does not end. */
  int terminate(int seconds) throws InterruptedException {
    process.destroy();
    return awaitEnd(seconds);
  }

  /** A signal by its name, such as INT; see {@link #awaitEnd}. */
  void signal(String name) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  /** The exit code; -1 if it does not end. */
  int awaitEnd(int seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
