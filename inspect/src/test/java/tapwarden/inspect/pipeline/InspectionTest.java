package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.sink.evidence.EvidenceRecorder;

/** An inspection of a wire with all its threads. */
class InspectionTest {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;

  @TempDir Path directory;

  /** Nothing ends: the alert wants more packets, packet time stands still, no file is full. */
  @Test
  @Timeout(60)
  void whatFollowsAnAlertIsHandedToTheSystemWhileTheRunGoesOn() throws Exception {
    Counters counters = new Counters();
    IndicatorSet list = OneWorker.list("203.0.113.9\n");
    EvidenceRecorder recorder =
        new EvidenceRecorder(directory, EvidenceOptions.DEFAULT, 4, counters.newBlock());
    Inspection inspection =
        new Inspection(
            OneWorker.options(directory, () -> list),
            counters,
            new OneCapture(),
            recorder,
            new InspectionListener() {});
    Wire wire = new Wire();
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(() -> {
          try {
            inspection.read(wire);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    try {
      wire.carry(SYN, "");
      awaitEvidence("frame 1 of the capture");
      wire.carry(ACK, "the first words after it");
      awaitEvidence("the first words after it");
      wire.carry(ACK, "and more");
      awaitEvidence("and more");
    } finally {
      wire.interrupt();
      reading.get(20, TimeUnit.SECONDS);
      inspection.close();
    }
  }

  /** What a process that is killed now leaves behind: one unfinished file with this in it. */
  private void awaitEvidence(String text) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!unfinished().contains(text)) {
      assertThat(System.nanoTime() - deadline).as("'" + text + "' in time").isNegative();
      Thread.sleep(20);
    }
  }

  private String unfinished() throws IOException {
    Path evidence = directory.resolve("evidence");
    if (!Files.isDirectory(evidence)) {
      return "";
    }
    try (Stream<Path> files = Files.list(evidence)) {
      List<Path> all = files.toList();
      assertThat(all).hasSizeLessThan(2).allMatch(file -> file.toString().endsWith(".pcapng.part"));
      return all.isEmpty() ? "" : Files.readString(all.getFirst(), StandardCharsets.ISO_8859_1);
    }
  }

  /** A wire that carries what a test gives it. */
  private static final class Wire implements PacketSource {
    private final LinkedBlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private volatile boolean interrupted;
    private long nanos = OneWorker.START;

    void carry(int flags, String data) {
      frames.add(
          Forge.frame(
              Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01"),
              Forge.ipv4("10.80.2.17", "203.0.113.9"),
              Forge.tcp(40_000, 8_443).flags(flags),
              Forge.payload(data)));
    }

    @Override
    public int read(FrameBatch batch) {
      byte[] frame = next();
      if (frame == null) {
        return interrupted ? END : 0;
      }
      nanos += 1_000_000;
      batch.append(
          MemorySegment.ofArray(frame), 0, frame.length, frame.length, nanos, LinkType.ETHERNET, 0);
      return 1;
    }

    private byte @Nullable [] next() {
      try {
        return frames.poll(1, TimeUnit.MILLISECONDS);
      } catch (InterruptedException stop) {
        interrupted = true;
        return null;
      }
    }

    @Override
    public String name() {
      return "wire";
    }

    @Override
    public boolean isLive() {
      return true;
    }

    @Override
    public List<CaptureInterface> interfaces() {
      return List.of(new CaptureInterface("wire", LinkType.ETHERNET, 0, ""));
    }

    @Override
    public SourceStatistics statistics() {
      return SourceStatistics.NONE;
    }

    @Override
    public void interrupt() {
      interrupted = true;
    }

    @Override
    public void close() {}
  }
}
