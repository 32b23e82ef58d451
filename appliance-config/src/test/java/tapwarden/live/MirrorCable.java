package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mirror port and what feeds it: a pair of virtual interfaces, each in a network namespace of its
 * own in which nothing else talks. Needs root and iproute2; gone after close.
 */
final class MirrorCable implements AutoCloseable {
  /** The end to capture on, in the namespace that {@link #atTap} runs commands in. */
  static final String TAP = "tap0";

  private static final String FAR = "far0";
  private static final AtomicInteger NEXT = new AtomicInteger();

  /**
   * Sends the frames of a classic pcap file (microseconds or nanoseconds, little-endian) in bursts
   * of a millisecond, whatever their stamps say; fails if one cannot be sent.
   */
  private static final String SENDER =
      """
      import socket, struct, sys, time
      device, path, rate = sys.argv[1], sys.argv[2], int(sys.argv[3])
      data = open(path, 'rb').read()
      frames, at = [], 24
      while at < len(data):
          length = struct.unpack_from('<I', data, at + 8)[0]
          frames.append(data[at + 16:at + 16 + length])
          at += 16 + length
      burst = max(1, rate // 1000)
      out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
      out.bind((device, 0))
      start = time.monotonic()
      for i, frame in enumerate(frames):
          if i % burst == 0:
              wait = start + i / rate - time.monotonic()
              if wait > 0:
                  time.sleep(wait)
          if out.send(frame) != len(frame):
              sys.exit('frame %d was cut' % i)
      print('%.0f' % (len(frames) / (time.monotonic() - start)))
      """;

  /** Polls until the status is as wanted; prints the answer's body. */
  private static final String READY =
      """
      import sys, time, urllib.request, urllib.error
      wanted, end = int(sys.argv[1]), time.monotonic() + 20
      while True:
          try:
              with urllib.request.urlopen('http://127.0.0.1:7400/health/ready', timeout=5) as answer:
                  status, body = answer.status, answer.read()
          except urllib.error.HTTPError as refused:
              status, body = refused.code, refused.read()
          if status == wanted:
              print(body.decode())
              sys.exit(0)
          if time.monotonic() > end:
              sys.exit('still %d: %s' % (status, body))
          time.sleep(0.1)
      """;

  private final String tapNamespace;
  private final String farNamespace;
  private final Thread hook = new Thread(this::remove);

  private MirrorCable(String name) {
    tapNamespace = name + "t";
    farNamespace = name + "f";
  }

  /** Makes the cable, or skips the test that asks for it, saying why. */
  static MirrorCable createOrSkip() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: a live test must be root");
    assumeTrue(succeeds("tcpdump", "--version"), "SKIPPED: tcpdump (with libpcap) is missing");
    assumeTrue(succeeds("python3", "--version"), "SKIPPED: python3, which sends, is missing");
    String name = "twm%x%x".formatted(ProcessHandle.current().pid(), NEXT.getAndIncrement());
    MirrorCable cable = new MirrorCable(name);
    Runtime.getRuntime().addShutdownHook(cable.hook);
    boolean made = cable.make();
    if (!made) {
      cable.close();
    }
    assumeTrue(made, "SKIPPED: no network namespaces and virtual interfaces here (iproute2?)");
    return cable;
  }

  private boolean make() throws InterruptedException {
    return succeeds("ip", "netns", "add", tapNamespace)
        && succeeds("ip", "netns", "add", farNamespace)
        && succeeds(
            "ip",
            "link",
            "add",
            TAP,
            "netns",
            tapNamespace,
            "type",
            "veth",
            "peer",
            "name",
            FAR,
            "netns",
            farNamespace)
        && switchOn(tapNamespace, TAP)
        && switchOn(farNamespace, FAR);
  }

  /** Neither end may say anything by itself; the live port needs the loopback. */
  private static boolean switchOn(String namespace, String link) throws InterruptedException {
    String commands =
        "echo 1 >/proc/sys/net/ipv6/conf/%s/disable_ipv6; ip link set lo up && ip link set %s up";
    return succeeds("ip", "netns", "exec", namespace, "sh", "-c", commands.formatted(link, link));
  }

  /** The command, to be run where {@link #TAP} is; signals reach the command itself. */
  List<String> atTap(List<String> command) {
    return in(tapNamespace, command);
  }

  /** Waits until the live port at the tap answers with this status; what it says then. */
  String awaitReady(int status) throws Exception {
    Process poll =
        new ProcessBuilder(atTap(List.of("python3", "-c", READY, Integer.toString(status))))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String body = new String(poll.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(poll.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(poll.exitValue()).as("status " + status).isZero();
    return body;
  }

  void setTap(String upOrDown) throws Exception {
    link(tapNamespace, "set", TAP, upOrDown);
  }

  void setFar(String upOrDown) throws Exception {
    link(farNamespace, "set", FAR, upOrDown);
  }

  /** As when the card is taken out. */
  void removeTap() throws Exception {
    link(tapNamespace, "del", TAP);
  }

  private static void link(String namespace, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip", "-n", namespace, "link"));
    command.addAll(List.of(words));
    if (!succeeds(command.toArray(String[]::new))) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  /** Starts sending the frames of a file; prints the rate reached, and ends. */
  Process send(Path pcap, int framesASecond) throws IOException {
    List<String> command =
        List.of("python3", "-c", SENDER, FAR, pcap.toString(), Integer.toString(framesASecond));
    return new ProcessBuilder(in(farNamespace, command))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> in(String namespace, List<String> command) {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    words.addAll(command);
    return words;
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private void remove() {
    try {
      // The interfaces go with their namespaces.
      succeeds("ip", "netns", "del", tapNamespace);
      succeeds("ip", "netns", "del", farNamespace);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook is what runs this then.
      return;
    }
  }
}
