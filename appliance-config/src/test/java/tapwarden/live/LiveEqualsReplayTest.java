package tapwarden.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;
import tapwarden.cases.Commands;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The promise that live and replay agree: the real program listens to a mirror port, tcpdump
 * records beside it, more than 200,000 frames pass at 50,000 a second. Every frame must have been
 * inspected, and the replay of the recording must say what the live run said.
 */
class LiveEqualsReplayTest {
  private static final int ROUNDS = 17_500;
  private static final int FRAMES_A_SECOND = 50_000;
  private static final int ATTEMPTS = 2;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LOST =
      Pattern.compile("(\\d+) packets? dropped by (kernel|interface)");

  @TempDir Path work;

  /** What one attempt left behind. */
  private record Attempt(Path folder, Path recording, Path log, boolean recordedAll) {}

  @Test
  @Timeout(300)
  void seesEveryFrameAndRaisesTheSameAlertsAsTheReplayOfWhatTcpdumpRecorded() throws Exception {
    List<ForgedFrame> sent = LiveTraffic.frames(ROUNDS);
    assertThat(sent).hasSizeGreaterThan(200_000);
    Path traffic = work.resolve("sent.pcap");
    write(sent, traffic);
    Files.writeString(work.resolve("tapwarden.yaml"), LiveTraffic.CONFIGURATION);
    Files.writeString(work.resolve("watchlist.txt"), LiveTraffic.WATCHLIST);

    Attempt attempt = attempt(1, cable -> send(cable, traffic, sent.size()));
    for (int i = 2; i <= ATTEMPTS && !attempt.recordedAll; i++) {
      attempt = attempt(i, cable -> send(cable, traffic, sent.size()));
    }

    // The account, whatever became of the recording.
    JsonNode frames = JSON.readTree(attempt.log.resolve("coverage.json").toFile()).path("frames");
    for (String counter : List.of("wire", "delivered", "inspected")) {
      assertThat(frames.path(counter).asLong())
          .as(counter + " in " + frames)
          .isEqualTo(sent.size());
    }
    for (String counter :
        List.of("kernel_dropped", "interface_dropped", "damaged", "quarantined")) {
      assertThat(frames.path(counter).asLong()).as(counter + " in " + frames).isZero();
    }
    // By set: the numbers in the names looked up, and the frames of every conversation.
    List<JsonNode> live = events(attempt.log);
    BitSet all = new BitSet();
    all.set(0, ROUNDS);
    assertThat(numbersLookedUp(live)).isEqualTo(all);
    assertThat(framesByConversation(live)).isEqualTo(framesByConversation(sent));

    if (!attempt.recordedAll) {
      System.getLogger(getClass().getName())
          .log(
              System.Logger.Level.WARNING,
              "NOT COMPARED with a replay: tcpdump itself lost frames on this machine, "
                  + ATTEMPTS
                  + " times");
      return;
    }
    assertThat(recorded(attempt.recording)).as("recording").isEqualTo(bytesOf(sent));
    assertThat(alerts(live)).hasSizeGreaterThan(40);
    assertReplayAgrees(attempt, live);
  }

  /**
   * A verdict that waits five seconds for a name is given although no further packet comes, and it
   * is the one that a replay gives at the next packet.
   */
  @Test
  @Timeout(120)
  void givesAVerdictInSilenceAndTheReplayGivesTheSame() throws Exception {
    Files.writeString(work.resolve("tapwarden.yaml"), LiveTraffic.CONFIGURATION);
    Files.writeString(work.resolve("watchlist.txt"), LiveTraffic.WATCHLIST);
    List<ForgedFrame> silent = LiveTraffic.contactsWithoutAName("203.0.113.33", "203.0.113.34");
    List<ForgedFrame> later = LiveTraffic.contactsWithoutAName("203.0.113.33", "203.0.113.35");
    Path first = work.resolve("first.pcap");
    Path second = work.resolve("second.pcap");
    write(silent, first);
    write(later, second);
    Attempt attempt =
        attempt(
            1,
            cable -> {
              send(cable, first, silent.size());
              Path eve = work.resolve("attempt1/live/eve.json");
              long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
              while (occurrences(eve, "\"event_type\":\"alert\"") < 2) {
                assertThat(System.nanoTime() < end).as("two alerts in silence").isTrue();
                Thread.sleep(100);
              }
              send(cable, second, silent.size() + later.size());
            });
    List<JsonNode> live = events(attempt.log);
    // The second contact with .33 folds; .35 waits until the end.
    assertThat(alerts(live)).hasSize(3);
    assertThat(attempt.recordedAll).as("tcpdump recorded six frames").isTrue();
    assertReplayAgrees(attempt, live);
  }

  private static int occurrences(Path file, String word) throws IOException {
    return Files.exists(file) ? Files.readString(file).split(word, -1).length - 1 : 0;
  }

  private void assertReplayAgrees(Attempt attempt, List<JsonNode> live) throws IOException {
    Path log = attempt.folder.resolve("replayed");
    Commands.Result replay =
        Commands.result(
            "replay",
            attempt.recording.toString(),
            "-c",
            work.resolve("tapwarden.yaml").toString(),
            "-l",
            log.toString(),
            "-q");
    assertThat(replay.code()).as(replay.err()).isZero();
    List<JsonNode> replayed = events(log);
    assertThat(alerts(live)).isEqualTo(alerts(replayed));
    assertThat(comparable(live)).isEqualTo(comparable(replayed));
  }

  /** What happens at the tap while both listen. */
  private interface Scene {
    void play(MirrorCable cable) throws Exception;
  }

  private static void send(MirrorCable cable, Path traffic, int framesInAll) throws Exception {
    Process sender = cable.send(traffic, FRAMES_A_SECOND);
    assertThat(sender.waitFor(120, TimeUnit.SECONDS)).as("sender ended").isTrue();
    assertThat(sender.exitValue()).as("sender").isZero();
    awaitDelivery(cable, framesInAll);
  }

  private Attempt attempt(int number, Scene scene) throws Exception {
    Path folder = Files.createDirectories(work.resolve("attempt" + number));
    Path recording = folder.resolve("recorded.pcap");
    Path log = folder.resolve("live");
    List<String> run =
        List.of(
            "run",
            "-i",
            MirrorCable.TAP,
            "-c",
            work.resolve("tapwarden.yaml").toString(),
            "-l",
            log.toString(),
            "--set",
            "capture.buffer=512MiB");
    boolean recordedAll;
    try (MirrorCable cable = MirrorCable.createOrSkip();
        Watcher tcpdump = Watcher.tcpdump(cable, folder.resolve("tcpdump.txt"), recording);
        Watcher tapwarden = Watcher.tapwarden(cable, folder.resolve("tapwarden.txt"), run)) {
      tcpdump.awaitWord("listening on", 30);
      tapwarden.awaitWord("listening on", 60);
      scene.play(cable);
      // Longer than tcpdump's kernel buffer keeps a frame back.
      Thread.sleep(1_500);
      assertThat(tapwarden.terminate(60)).as("exit code; " + tapwarden.said()).isZero();
      tcpdump.terminate(30);
      Matcher lost = LOST.matcher(tcpdump.said());
      recordedAll = true;
      while (lost.find()) {
        recordedAll &= lost.group(1).equals("0");
      }
    }
    return new Attempt(folder, recording, log, recordedAll);
  }

  /** Until the live port says that all has been read; the account tells if that never comes. */
  private static void awaitDelivery(MirrorCable cable, int frames) throws Exception {
    String metrics =
        """
        import sys, time, urllib.request
        end = time.monotonic() + 60
        while time.monotonic() < end:
            text = urllib.request.urlopen('http://127.0.0.1:7400/metrics', timeout=5).read().decode()
            for line in text.splitlines():
                if line.startswith('tapwarden_frames_delivered_total ') and float(line.split()[1]) >= %d:
                    sys.exit(0)
            time.sleep(0.1)
        """
            .formatted(frames);
    Process poll =
        new ProcessBuilder(cable.atTap(List.of("python3", "-c", metrics))).inheritIO().start();
    assertThat(poll.waitFor(90, TimeUnit.SECONDS)).isTrue();
  }

  private static void write(List<ForgedFrame> frames, Path file) throws IOException {
    try (PcapWriter out = PcapWriter.create(file, LinkType.ETHERNET, PcapWriter.Precision.MICROS)) {
      for (ForgedFrame frame : frames) {
        out.write(frame.timestampNanos(), frame.bytes());
      }
    }
  }

  /** The frames of a classic little-endian pcap, which is what tcpdump writes here. */
  private static List<ByteBuffer> recorded(Path file) throws IOException {
    List<ByteBuffer> frames = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      all.order(ByteOrder.LITTLE_ENDIAN);
      assertThat(all.getInt(0)).as("nanosecond pcap").isEqualTo(0xA1B23C4D);
      for (int at = 24; at < all.limit(); at += 16 + all.getInt(at + 8)) {
        frames.add(all.slice(at + 16, all.getInt(at + 8)));
      }
    }
    return frames;
  }

  private static List<ByteBuffer> bytesOf(List<ForgedFrame> frames) {
    return frames.stream().map(frame -> ByteBuffer.wrap(frame.bytes())).toList();
  }

  private static List<JsonNode> events(Path log) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<String> lines = Files.lines(log.resolve("eve.json"))) {
      lines.forEach(line -> events.add(JSON.readTree(line)));
    }
    return events;
  }

  private static BitSet numbersLookedUp(List<JsonNode> events) {
    BitSet numbers = new BitSet();
    for (JsonNode event : events) {
      JsonNode dns = event.path("dns");
      String name = dns.path("rrname").asString("");
      if (dns.path("type").asString("").equals("query")
          && name.endsWith(LiveTraffic.NUMBERED_SUFFIX)) {
        numbers.set(Integer.parseInt(name.substring(1, name.indexOf('.'))));
      }
    }
    return numbers;
  }

  private static Map<String, Long> framesByConversation(List<JsonNode> events) throws IOException {
    Map<String, Long> frames = new HashMap<>();
    for (JsonNode event : events) {
      if (event.path("event_type").asString().equals("flow")) {
        JsonNode flow = event.path("flow");
        String conversation =
            LiveTraffic.conversation(
                InetAddress.getByName(event.path("src_ip").asString()).getHostAddress(),
                event.path("src_port").asInt(),
                InetAddress.getByName(event.path("dest_ip").asString()).getHostAddress(),
                event.path("dest_port").asInt(),
                event.path("proto").asString());
        long count = flow.path("pkts_toserver").asLong() + flow.path("pkts_toclient").asLong();
        frames.merge(conversation, count, Long::sum);
      }
    }
    return frames;
  }

  private static Map<String, Long> framesByConversation(Iterable<ForgedFrame> sent) {
    Map<String, Long> frames = new HashMap<>();
    sent.forEach(frame -> frames.merge(LiveTraffic.conversation(frame.bytes()), 1L, Long::sum));
    return frames;
  }

  /** Id to what the last revision says. */
  private static Map<String, String> alerts(List<JsonNode> events) {
    Map<String, String> alerts = new TreeMap<>();
    for (JsonNode event : events) {
      if (event.path("event_type").asString().equals("alert")) {
        JsonNode ours = event.path("tapwarden");
        List<String> said = new ArrayList<>();
        said.add(event.path("alert").path("severity").toString());
        for (String field : List.of("stage", "score", "count", "revision", "last_seen")) {
          said.add(field + " " + ours.path(field));
        }
        alerts.put(ours.path("id").asString(), String.join(", ", said));
      }
    }
    return alerts;
  }

  /**
   * All events but {@code stats}, sorted, without the fields that say where packets came from, and
   * without the reason why a flow ended: only the live run knows that the link stayed silent.
   */
  private static List<String> comparable(List<JsonNode> events) {
    String[] lines =
        events.stream()
            .filter(event -> !event.path("event_type").asString().equals("stats"))
            .map(LiveEqualsReplayTest::withoutOrigin)
            .toArray(String[]::new);
    Arrays.sort(lines);
    return List.of(lines);
  }

  private static String withoutOrigin(JsonNode event) {
    ObjectNode object = (ObjectNode) event;
    object.remove(List.of("in_iface", "pcap_filename"));
    if (event.path("event_type").asString().equals("flow")) {
      ((ObjectNode) event.path("flow")).remove("reason");
    }
    for (JsonNode packet : event.path("tapwarden").path("evidence").path("packets")) {
      ((ObjectNode) packet).remove("file");
    }
    return object.toString();
  }
}
