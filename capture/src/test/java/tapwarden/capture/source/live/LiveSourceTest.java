package tapwarden.capture.source.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.forge.SequencedFrames;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

/** Real frames over a real interface: one end of a cable that leads to another namespace. */
@Timeout(60)
class LiveSourceTest {
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

  private VethPair cable;

  @BeforeEach
  void plugIn() throws Exception {
    cable = VethPair.createOrSkip();
  }

  @AfterEach
  void unplug() {
    if (cable != null) {
      cable.close();
    }
  }

  /** What arrived, by number, and what came with it. */
  private static final class Seen {
    final BitSet numbers = new BitSet();
    final Frame view = new Frame();
    long frames;
    long foreign;
    long duplicates;
    long first = Long.MAX_VALUE;
    long last;
    boolean finerThanMicros;
    boolean ordered = true;

    void take(FrameBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        batch.frame(i, view);
        frames++;
        long number = SequencedFrames.numberOf(view);
        if (number == SequencedFrames.FOREIGN) {
          foreign++;
          continue;
        }
        duplicates += numbers.get((int) number) ? 1 : 0;
        numbers.set((int) number);
        ordered &= view.timestampNanos() >= last;
        first = Math.min(first, view.timestampNanos());
        last = Math.max(last, view.timestampNanos());
        finerThanMicros |= view.timestampNanos() % 1_000 != 0;
      }
    }
  }

  @Test
  void seesEveryFrameAtFiftyThousandASecond() throws Exception {
    int count = 100_000;
    try (LiveSource source = LiveSource.open(LiveOptions.of(cable.near()))) {
      long before = System.currentTimeMillis() * 1_000_000;
      Seen seen = readAll(source, cable.send(0, count, 50_000), count, 256);
      long after = (System.currentTimeMillis() + 1) * 1_000_000;
      SourceStatistics statistics = source.statistics();

      assertThat(source.mode()).isEqualTo(LiveSource.Mode.NATIVE);
      assertThat(source.interfaces().getFirst().linkType()).isEqualTo(LinkType.ETHERNET);
      assertThat(seen.duplicates).isZero();
      assertThat(count - seen.numbers.cardinality()).as("missing").isZero();
      assertThat(statistics.kernelDropped()).isZero();
      assertThat(statistics.received() - statistics.kernelDropped()).isEqualTo(seen.frames);
      assertThat(source.hasNanoseconds()).isTrue();
      assertThat(seen.finerThanMicros).as("nanoseconds in the stamps").isTrue();
      assertThat(seen.ordered).isTrue();
      assertThat(seen.first).isBetween(before, after);
      assertThat(seen.last).isBetween(before, after);
    }
  }

  @Test
  void whatIsMissingIsWhatTheKernelSaysItDropped() throws Exception {
    int count = 60_000;
    LiveOptions small = new LiveOptions(cable.near(), 65_535, true, 1 << 20, 10, "", true);
    try (LiveSource source = LiveSource.open(small)) {
      // Nobody reads: a ring of 1 MiB cannot hold this.
      assertThat(cable.send(0, count, 100_000).waitFor()).isZero();
      Seen seen = new Seen();
      readUntilQuiet(source, seen);
      SourceStatistics statistics = source.statistics();
      assertThat(statistics.kernelDropped()).isPositive();
      assertThat(count - seen.numbers.cardinality()).isEqualTo((int) statistics.kernelDropped());
      assertThat(statistics.received()).isEqualTo(seen.frames + statistics.kernelDropped());
    }
  }

  @Test
  void readingAllocatesNothingAPacket() throws Exception {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int count = 100_000;
    FrameBatch batch = new FrameBatch(256, FrameBatch.MAX_FRAME_BYTES);
    try (LiveSource source = LiveSource.open(LiveOptions.of(cable.near()))) {
      readAll(source, cable.send(0, count, 100_000), count, 256);
      cable.send(0, count, 50_000);
      Seen seen = new Seen();
      long deadline = System.nanoTime() + GIVE_UP_NANOS;
      long allocated = 0;
      while (seen.frames < count && System.nanoTime() < deadline) {
        long before = threads.getCurrentThreadAllocatedBytes();
        int added = source.read(batch);
        long inRead = threads.getCurrentThreadAllocatedBytes() - before;
        // A read that finds nothing may look at the link instead, now and then.
        allocated += added > 0 ? inRead : 0;
        seen.take(batch);
        batch.clear();
      }
      assertThat(seen.frames).isGreaterThanOrEqualTo(count);
      // One byte a packet would be 100 kB.
      assertThat(allocated).isLessThan(10_000);
    }
  }

  @Test
  void aBatchWithoutRoomLosesNothing() throws Exception {
    int count = 5_000;
    try (LiveSource source = LiveSource.open(LiveOptions.of(cable.near()))) {
      Seen seen = readAll(source, cable.send(0, count, 50_000), count, 3);
      assertThat(seen.numbers.cardinality()).isEqualTo(count);
      assertThat(seen.duplicates).isZero();
    }
  }

  @Test
  void aQuietLinkIsLeftAtOnce() throws Exception {
    LiveSource source = LiveSource.open(LiveOptions.of(cable.near()));
    FrameBatch batch = new FrameBatch(16, FrameBatch.MAX_FRAME_BYTES);
    readUntilQuiet(source, new Seen());
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      source.read(batch);
    }
    // 20 reads of 5 ms; generous for a busy machine.
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(1));

    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (source.read(batch) != PacketSource.END) {
                  batch.clear();
                }
              } catch (IOException unexpected) {
                throw new java.io.UncheckedIOException(unexpected);
              }
            });
    Thread.sleep(50);
    long interrupted = System.nanoTime();
    source.interrupt();
    reader.join(1_000);
    assertThat(reader.isAlive()).isFalse();
    assertThat(System.nanoTime() - interrupted).isLessThan(TimeUnit.SECONDS.toNanos(1));
    source.close();
    source.close();
    assertThat(source.read(batch)).isEqualTo(PacketSource.END);
    assertThat(source.statistics()).isEqualTo(source.statistics());
  }

  @Test
  void anInterruptionLosesNoFrameThatTheKernelHeld() throws Exception {
    try (LiveSource source = LiveSource.open(LiveOptions.of(cable.near()))) {
      assertThat(cable.send(0, 5_000, 50_000).waitFor()).isZero();
      Thread.sleep(200);
      source.interrupt();
      Seen seen = new Seen();
      FrameBatch batch = new FrameBatch(256, FrameBatch.MAX_FRAME_BYTES);
      while (source.read(batch) != PacketSource.END) {
        seen.take(batch);
        batch.clear();
      }
      assertThat(seen.numbers.cardinality()).isEqualTo(5_000);
      assertThat(source.read(batch)).isEqualTo(PacketSource.END);
    }
  }

  @Test
  void everyListenerSeesAFrameWithTheSameStamp() throws Exception {
    try (LiveSource one = LiveSource.open(LiveOptions.of(cable.near()));
        LiveSource other = LiveSource.open(LiveOptions.of(cable.near()))) {
      assertThat(cable.send(0, 500, 10_000).waitFor()).isZero();
      List<Long> stamps = stamps(one, 500);
      assertThat(stamps).hasSize(500).isEqualTo(stamps(other, 500));
    }
  }

  private static List<Long> stamps(LiveSource source, int count) throws IOException {
    List<Long> stamps = new ArrayList<>();
    FrameBatch batch = new FrameBatch(256, FrameBatch.MAX_FRAME_BYTES);
    long deadline = System.nanoTime() + GIVE_UP_NANOS;
    while (stamps.size() < count && System.nanoTime() < deadline) {
      source.read(batch);
      for (int i = 0; i < batch.size(); i++) {
        stamps.add(batch.timestampNanos(i));
      }
      batch.clear();
    }
    return stamps;
  }

  @Test
  void closeWaitsForTheReader() throws Exception {
    LiveSource source = LiveSource.open(LiveOptions.of(cable.near()));
    List<Throwable> thrown = new ArrayList<>();
    Thread reader =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((thread, failure) -> thrown.add(failure))
            .start(() -> {
              FrameBatch batch = new FrameBatch(16, FrameBatch.MAX_FRAME_BYTES);
              try {
                while (source.read(batch) != PacketSource.END) {
                  batch.clear();
                }
              } catch (IOException unexpected) {
                throw new java.io.UncheckedIOException(unexpected);
              }
            });
    Process sender = cable.send(0, 20_000, 100_000);
    Thread.sleep(100);
    source.close();
    reader.join(1_000);
    assertThat(reader.isAlive()).isFalse();
    assertThat(thrown).isEmpty();
    assertThat(sender.waitFor()).isZero();
  }

  @Test
  void aLinkThatWentDownResumesByItself() throws Exception {
    try (LiveSource source = LiveSource.open(LiveOptions.of(cable.near()))) {
      Seen seen = readAll(source, cable.send(0, 100, 10_000), 100, 64);
      assertThat(seen.numbers.cardinality()).isEqualTo(100);
      cable.setNear("down");
      readUntilQuiet(source, new Seen());
      cable.setNear("up");
      Thread.sleep(200);
      seen = readAll(source, cable.send(100, 100, 10_000), 100, 64);
      assertThat(seen.numbers.cardinality()).isEqualTo(100);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLinkThatGoesDownAndComesBackIsSaidAndEndsNothing(boolean direct) throws Exception {
    List<String> said = new ArrayList<>();
    try (LiveSource source = LiveSource.open(LiveOptions.of(cable.near()), direct)) {
      source.onLinkChange((name, state) -> said.add(name + " " + state.words()));
      readFor(source, 400);
      assertThat(said).isEmpty();
      cable.setNear("down");
      readFor(source, 400);
      assertThat(said).containsExactly(cable.near() + " is switched off");
      cable.setNear("up");
      readFor(source, 400);
      assertThat(said).hasSize(2).last().isEqualTo(cable.near() + " is up");
      cable.setFar("down");
      readFor(source, 400);
      assertThat(said).hasSize(3).last().isEqualTo(cable.near() + " has no carrier");
      cable.setFar("up");
      readFor(source, 400);
      assertThat(said).hasSize(4).last().isEqualTo(cable.near() + " is up");
      Seen seen = readAll(source, cable.send(0, 100, 10_000), 100, 64);
      assertThat(seen.numbers.cardinality()).isEqualTo(100);
    }
  }

  @Test
  void anInterfaceMadeAnewUnderTheOldNameIsAnother() throws Exception {
    try (LinkWatch watch = new LinkWatch(cable.near());
        LinkWatch any = new LinkWatch("any")) {
      assertThat(watch.state()).isEqualTo(LinkState.UP);
      cable.unplug();
      assertThat(watch.state()).isEqualTo(LinkState.GONE);
      cable.plugIn();
      assertThat(watch.state()).isEqualTo(LinkState.GONE);
      assertThat(any.state()).isEqualTo(LinkState.UP);
    }
  }

  @Test
  void anInterfaceThatIsRemovedIsSaid() throws Exception {
    List<String> said = new ArrayList<>();
    try (LiveSource source = LiveSource.open(LiveOptions.of(cable.near()))) {
      source.onLinkChange((name, state) -> said.add(name + " " + state.words()));
      cable.unplug();
      FrameBatch batch = new FrameBatch(16, FrameBatch.MAX_FRAME_BYTES);
      CaptureException lost =
          catchThrowableOfType(
              CaptureException.class,
              () -> {
                long deadline = System.nanoTime() + GIVE_UP_NANOS;
                while (System.nanoTime() < deadline) {
                  source.read(batch);
                  batch.clear();
                }
              });
      assertThat(lost.reason()).isEqualTo(CaptureException.Reason.INTERFACE_LOST);
      assertThat(lost).hasMessageContaining(cable.near()).hasMessageContaining("disappeared");
      assertThatThrownBy(() -> source.read(batch)).isInstanceOf(CaptureException.class);
      assertThat(said).last().isEqualTo(cable.near() + " was removed");
      assertThat(source.statistics()).isNotNull();
    }
  }

  @Test
  void theKernelFilters() throws Exception {
    LiveOptions options = LiveOptions.of(cable.near());
    try (LiveSource none = LiveSource.open(options.withFilter("udp port 10"));
        LiveSource some = LiveSource.open(options.withFilter("ether[57] & 3 = 0"))) {
      Seen seen = readAll(some, cable.send(0, 1_000, 20_000), 250, 64);
      assertThat(seen.numbers.cardinality()).isEqualTo(250);
      Seen nothing = new Seen();
      readUntilQuiet(none, nothing);
      assertThat(nothing.frames).isZero();
      assertThat(none.statistics().received()).isZero();
    }
  }

  @Test
  void aWrongFilterIsRefusedWithItsPlace() {
    BpfSyntaxException wrong =
        catchThrowableOfType(
            BpfSyntaxException.class,
            () -> LiveSource.open(LiveOptions.of(cable.near()).withFilter("tcp porte 80")));
    assertThat(wrong.position()).isEqualTo(4);
  }

  @Test
  void aShortSnapLengthKeepsTheLengthOnTheWire() throws Exception {
    LiveOptions options = new LiveOptions(cable.near(), 64, true, 1 << 20, 10, "udp", false);
    try (LiveSource source = LiveSource.open(options)) {
      assertThat(source.hasNanoseconds()).isFalse();
      byte[] longer = Arrays.copyOf(SequencedFrames.frame(0), 142);
      assertThat(cable.send(longer, 0, 1, 1_000).waitFor()).isZero();
      FrameBatch batch = new FrameBatch(16, FrameBatch.MAX_FRAME_BYTES);
      long deadline = System.nanoTime() + GIVE_UP_NANOS;
      while (batch.size() == 0 && System.nanoTime() < deadline) {
        source.read(batch);
      }
      Frame frame = batch.frame(0, new Frame());
      assertThat(frame.capturedLength()).isEqualTo(64);
      assertThat(frame.wireLength()).isEqualTo(142);
      assertThat(frame.timestampNanos() % 1_000).isZero();
    }
  }

  @Test
  void readsByPcap4jWhenTheHandleIsOutOfReach() throws Exception {
    int count = 2_000;
    try (LiveSource source = LiveSource.open(LiveOptions.of(cable.near()), false)) {
      assertThat(source.mode()).isEqualTo(LiveSource.Mode.PCAP4J);
      long before = System.currentTimeMillis() * 1_000_000;
      Seen seen = readAll(source, cable.send(0, count, 10_000), count, 7);
      assertThat(seen.numbers.cardinality()).isEqualTo(count);
      assertThat(seen.duplicates).isZero();
      assertThat(seen.ordered).isTrue();
      assertThat(seen.finerThanMicros).isTrue();
      assertThat(seen.first).isGreaterThanOrEqualTo(before);
      assertThat(seen.view.wireLength()).isEqualTo(SequencedFrames.FRAME_BYTES);
    }
  }

  @Test
  void anUnknownInterfaceIsAnsweredWithThoseThereAre() {
    CaptureException unknown =
        catchThrowableOfType(
            CaptureException.class, () -> LiveSource.open(LiveOptions.of("nosuch0")));
    assertThat(unknown.reason()).isEqualTo(CaptureException.Reason.NO_SUCH_INTERFACE);
    assertThat(unknown).hasMessageContaining("nosuch0").hasMessageContaining(cable.near());
  }

  @Test
  void missingPermissionIsSaidWithItsRemedy() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "SKIPPED: no setpriv here");
    String said =
        probe(
            List.of("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw"),
            List.of(),
            "open");
    assertThat(said).startsWith("NO_PERMISSION: lo cannot be opened").contains("CAP_NET_RAW");
    assertThat(said.lines()).hasSize(1);
  }

  @Test
  void aMissingLibraryIsSaidWithItsPackage() throws Exception {
    List<String> property = List.of("-Dorg.pcap4j.core.pcapLibName=libnosuchpcap.so");
    assertThat(probe(List.of(), property, "open")).startsWith("NO_LIBRARY").contains("libpcap0.8");
    assertThat(probe(List.of(), property, "filter")).startsWith("NO_LIBRARY");
    assertThat(probe(List.of(), List.of(), "filter")).isEqualTo("possible");
  }

  private static String probe(List<String> before, List<String> options, String what)
      throws Exception {
    List<String> command = new ArrayList<>(before);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LiveProbe.class.getName(), what));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out.strip();
  }

  private static Seen readAll(LiveSource source, Process sender, int count, int batchFrames)
      throws Exception {
    Seen seen = new Seen();
    FrameBatch batch = new FrameBatch(batchFrames, FrameBatch.MAX_FRAME_BYTES);
    long deadline = System.nanoTime() + GIVE_UP_NANOS;
    while (seen.numbers.cardinality() < count && System.nanoTime() < deadline) {
      source.read(batch);
      seen.take(batch);
      batch.clear();
    }
    assertThat(sender.waitFor()).isZero();
    readUntilQuiet(source, seen);
    return seen;
  }

  private static void readFor(LiveSource source, long millis) throws IOException {
    FrameBatch batch = new FrameBatch(256, FrameBatch.MAX_FRAME_BYTES);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      source.read(batch);
      batch.clear();
    }
  }

  /** Reads until nothing has come for twenty reads, which is longer than a block is kept. */
  private static void readUntilQuiet(LiveSource source, Seen seen) throws IOException {
    FrameBatch batch = new FrameBatch(256, FrameBatch.MAX_FRAME_BYTES);
    int silent = 0;
    while (silent < 20) {
      silent = source.read(batch) == 0 ? silent + 1 : 0;
      seen.take(batch);
      batch.clear();
    }
  }
}
