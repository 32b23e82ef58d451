package tapwarden.capture.source.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tapwarden.capture.forge.SequencedFrames;

/**
 * A cable made of two virtual interfaces: the near end in this network namespace, to capture on,
 * the far end in a namespace of its own, to send from. Needs root and iproute2; gone after close.
 */
final class VethPair implements AutoCloseable {
  /** Alone in its namespace; not the beginning of a word that ip(8) knows. */
  private static final String FAR = "far0";

  private static final long CARRIER_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final AtomicInteger NEXT = new AtomicInteger();

  /** Sends numbered copies of a template in bursts of a millisecond at a given rate. */
  private static final String SENDER =
      """
      import socket, struct, sys, time
      device, template, offset, first, count, rate = sys.argv[1:7]
      frame = bytearray.fromhex(template)
      offset, first, count, rate = int(offset), int(first), int(count), int(rate)
      out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
      out.bind((device, 0))
      start = time.monotonic()
      for i in range(count):
          if i % 50 == 0:
              wait = start + i / rate - time.monotonic()
              if wait > 0:
                  time.sleep(wait)
          struct.pack_into('>Q', frame, offset, first + i)
          out.send(frame)
      """;

  private final String namespace;
  private final String near;
  private final Thread hook = new Thread(this::remove);

  private VethPair(String name) {
    namespace = name;
    near = name + "a";
  }

  /** Makes the cable, or skips the test that asks for it, saying why. */
  static VethPair createOrSkip() throws Exception {
    assumeTrue(LibPcap.isPresent(), "SKIPPED: libpcap is not installed");
    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: a live test must be root");
    VethPair pair =
        new VethPair("twl%x%x".formatted(ProcessHandle.current().pid(), NEXT.getAndIncrement()));
    Runtime.getRuntime().addShutdownHook(pair.hook);
    boolean made = tryRun("ip", "netns", "add", pair.namespace) && pair.addLinks();
    if (!made) {
      pair.close();
    }
    assumeTrue(made, "SKIPPED: no network namespaces and virtual interfaces here (iproute2?)");
    return pair;
  }

  private boolean addLinks() throws Exception {
    boolean added =
        tryRun("ip", "link", "add", near, "type", "veth", "peer", "name", FAR, "netns", namespace);
    if (!added) {
      return false;
    }
    // Neither end may say anything by itself.
    String quiet = "echo 1 >/proc/sys/net/ipv6/conf/%s/disable_ipv6";
    tryRun("sh", "-c", quiet.formatted(near));
    inNamespace("sh", "-c", quiet.formatted(FAR));
    return tryRun("ip", "link", "set", near, "up")
        && inNamespace("ip", "link", "set", FAR, "up")
        && becomesUp();
  }

  /** The kernel tells of a carrier a moment after both ends were switched on. */
  private boolean becomesUp() throws Exception {
    Path state = Path.of("/sys/class/net", near, "operstate");
    long deadline = System.nanoTime() + CARRIER_NANOS;
    while (!Files.readString(state).strip().equals("up")) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(1);
    }
    return true;
  }

  /** The end to capture on. */
  String near() {
    return near;
  }

  void setNear(String upOrDown) throws Exception {
    run("ip", "link", "set", near, upOrDown);
  }

  void setFar(String upOrDown) throws Exception {
    run("ip", "-n", namespace, "link", "set", FAR, upOrDown);
  }

  void unplug() throws Exception {
    run("ip", "link", "del", near);
  }

  /** Makes both ends anew after {@link #unplug}, under their old names. */
  void plugIn() throws Exception {
    if (!addLinks()) {
      throw new IOException("no new cable " + near);
    }
  }

  /** Starts sending; the process ends after the last frame. */
  Process send(long first, int count, int framesASecond) throws IOException {
    return send(SequencedFrames.frame(0), first, count, framesASecond);
  }

  /** As above with a template that may be longer. */
  Process send(byte[] template, long first, int count, int framesASecond) throws IOException {
    return new ProcessBuilder(
            "ip",
            "netns",
            "exec",
            namespace,
            "python3",
            "-c",
            SENDER,
            FAR,
            HexFormat.of().formatHex(template),
            Integer.toString(SequencedFrames.NUMBER_OFFSET),
            Long.toString(first),
            Integer.toString(count),
            Integer.toString(framesASecond))
        .inheritIO()
        .start();
  }

  private boolean inNamespace(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    words.addAll(List.of(command));
    return tryRun(words.toArray(String[]::new));
  }

  static void run(String... command) throws Exception {
    if (!tryRun(command)) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  private static boolean tryRun(String... command) throws InterruptedException {
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
      tryRun("ip", "link", "del", near);
      tryRun("ip", "netns", "del", namespace);
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
