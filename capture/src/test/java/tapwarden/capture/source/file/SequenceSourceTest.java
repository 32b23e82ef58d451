package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.Damage;
import tapwarden.capture.source.PacketSource;

class SequenceSourceTest {
  private static final long T = 1_700_000_000L;

  @TempDir private Path folder;

  @Test
  void readsFilesOneAfterTheOtherWithRunningInterfaces() throws IOException {
    String first = write("a.pcap", pcap(LinkType.ETHERNET, T + 5, 2));
    byte[] two =
        CaptureBytes.big()
            .section()
            .describe(LinkType.RAW, 0)
            .describe(LinkType.ETHERNET, 0)
            .packet(1, T * 1_000_000, (byte) 9)
            .bytes();
    String second = write("b.pcapng", two);
    String third = write("c.pcap", pcap(LinkType.PPP, T, 3));
    try (SequenceSource source = SequenceSource.open(List.of(first, second, third), true)) {
      List<ReadCapture.Seen> frames = ReadCapture.drain(source, 64, 1 << 20);
      assertThat(frames)
          .extracting(ReadCapture.Seen::interfaceIndex)
          .containsExactly(0, 0, 2, 3, 3, 3);
      assertThat(source.interfaces())
          .extracting("name", "linkType")
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("a.pcap", LinkType.ETHERNET),
              org.assertj.core.groups.Tuple.tuple("b.pcapng", LinkType.RAW),
              org.assertj.core.groups.Tuple.tuple("b.pcapng", LinkType.ETHERNET),
              org.assertj.core.groups.Tuple.tuple("c.pcap", LinkType.PPP));
      assertThat(source.path(0)).isEqualTo(first);
      assertThat(source.path(1)).isEqualTo(second);
      assertThat(source.path(2)).isEqualTo(second);
      assertThat(source.path(3)).isEqualTo(third);
      assertThat(source.framesBefore(0)).isZero();
      assertThat(source.framesBefore(2)).isEqualTo(2);
      assertThat(source.framesBefore(3)).isEqualTo(3);
      assertThat(source.reports()).extracting(InputReport::frames).containsExactly(2L, 1L, 3L);
      assertThat(source.name()).isEqualTo("3 captures");
    }
  }

  @Test
  void reportsSizeTimesAndDigestOfTheBytesAsGiven() throws IOException {
    byte[] capture = pcap(LinkType.ETHERNET, T, 3);
    String path = write("a.pcap", capture);
    try (SequenceSource source = SequenceSource.open(List.of(path), true)) {
      ReadCapture.drain(source, 64, 1 << 20);
      assertThat(source.reports())
          .containsExactly(
              new InputReport(
                  path,
                  sha256(capture),
                  null,
                  24 + 3 * 17,
                  3,
                  1_700_000_000_000_000_000L,
                  1_700_000_002_000_000_000L,
                  List.of(),
                  0));
    }
    try (SequenceSource source = SequenceSource.open(List.of(path), false)) {
      ReadCapture.drain(source, 64, 1 << 20);
      assertThat(source.reports().getFirst().sha256()).isNull();
    }
  }

  @Test
  void digestsStandardInputOnTheWay() throws IOException {
    byte[] capture = pcap(LinkType.ETHERNET, T, 3);
    try (SequenceSource source =
        SequenceSource.open(
            List.of("-"), true, Channels.newChannel(new ByteArrayInputStream(capture)))) {
      assertThat(ReadCapture.drain(source, 64, 1 << 20)).hasSize(3);
      InputReport report = source.reports().getFirst();
      assertThat(report.path()).isEqualTo("-");
      assertThat(report.sha256()).isEqualTo(sha256(capture));
      assertThat(report.bytes()).isEqualTo(capture.length);
    }
  }

  @Test
  void digestsANamedPipeOnTheWay() throws Exception {
    byte[] capture = pcap(LinkType.ETHERNET, T, 3);
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "SKIPPED: no mkfifo");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(capture);
    }
    // What follows the compressed capture is in the digest as well.
    packed.writeBytes(new byte[100_000]);
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Files.write(pipe, packed.toByteArray(), StandardOpenOption.WRITE);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try (SequenceSource source = SequenceSource.open(List.of(pipe.toString()), true)) {
      assertThat(ReadCapture.drain(source, 64, 1 << 20)).hasSize(3);
      InputReport report = source.reports().getFirst();
      assertThat(report.sha256()).isEqualTo(sha256(packed.toByteArray()));
      assertThat(report.compression()).isEqualTo("gzip");
      assertThat(report.bytes()).isEqualTo(packed.size());
    }
    writer.join();
  }

  @Test
  void goesOnBehindAnInputThatCannotBeOpened() throws IOException {
    String first = write("a.pcap", pcap(LinkType.ETHERNET, T, 2));
    String gone = folder.resolve("gone.pcap").toString();
    String cut = write("cut.pcap", java.util.Arrays.copyOf(pcap(LinkType.ETHERNET, T, 2), 45));
    try (SequenceSource source = SequenceSource.open(List.of(first, gone, cut, first), false)) {
      assertThat(ReadCapture.drain(source, 64, 1 << 20)).hasSize(5);
      List<InputReport> reports = source.reports();
      assertThat(reports).extracting(InputReport::frames).containsExactly(2L, 0L, 1L, 2L);
      assertThat(reports.get(1).damage())
          .containsExactly(
              new Damage(0, -1, gone + " does not exist: check the spelling of the path"));
      assertThat(reports.get(2).damage().getFirst().offset()).isEqualTo(41);
      assertThat(source.damagedRecords()).isZero();
      assertThat(source.statistics().damaged()).isZero();
    }
  }

  @Test
  void addsUpTheDamagedRecordsOfAllInputs() throws IOException {
    byte[] bad = CaptureBytes.little().section().describe(1, 0).packet(4, 0, (byte) 1).bytes();
    String path = write("bad.pcapng", bad);
    try (SequenceSource source = SequenceSource.open(List.of(path, path), false)) {
      assertThat(ReadCapture.drain(source, 64, 1 << 20)).isEmpty();
      assertThat(source.statistics().damaged()).isEqualTo(2);
      assertThat(source.reports()).extracting(InputReport::damagedRecords).containsExactly(1L, 1L);
    }
  }

  @Test
  void refusesWhatCannotBeOpenedByNameAndRemedy() throws IOException {
    assertThatThrownBy(() -> SequenceSource.open(List.of(folder.toString()), false))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessage(folder + " is a folder: name the captures in it");
    String empty = write("empty.pcap", new byte[0]);
    assertThatThrownBy(() -> SequenceSource.open(List.of(empty), false))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageStartingWith(empty + " is empty");
    assertThatThrownBy(() -> SequenceSource.open(List.of("\0"), false))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining("is not a path");
  }

  @Test
  void leavesTheInputAsItWas() throws IOException {
    byte[] capture = pcap(LinkType.ETHERNET, T, 3);
    Path file = Path.of(write("a.pcap", capture));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    try (SequenceSource source = SequenceSource.open(List.of(file.toString()), true)) {
      ReadCapture.drain(source, 64, 1 << 20);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(capture);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void handsOutFramesOfAPipeAsTheyComeAndStopsWhenInterrupted() throws Exception {
    Pipe pipe = Pipe.open();
    byte[] capture = pcap(LinkType.ETHERNET, T, 1);
    pipe.sink().write(java.nio.ByteBuffer.wrap(capture));
    FrameBatch batch = new FrameBatch(64, 1 << 20);
    try (SequenceSource source = SequenceSource.open(List.of("-"), true, pipe.source())) {
      assertThat(source.read(batch)).isEqualTo(1);
      CompletableFuture<Integer> waiting =
          CompletableFuture.supplyAsync(() -> readUnchecked(source, batch));
      Thread.sleep(50);
      assertThat(waiting).isNotDone();
      source.interrupt();
      assertThat(waiting.get()).isEqualTo(PacketSource.END);
      InputReport report = source.reports().getFirst();
      assertThat(report.damage()).isEmpty();
      assertThat(report.frames()).isEqualTo(1);
    }
  }

  private static int readUnchecked(SequenceSource source, FrameBatch batch) {
    try {
      return source.read(batch);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  static byte[] pcap(int linkType, long seconds, int frames) {
    CaptureBytes file =
        CaptureBytes.little().pcapHeader(CaptureBytes.MAGIC_MICROS, 4, 96, linkType);
    for (int i = 0; i < frames; i++) {
      file.record(seconds + i, 0, (byte) i);
    }
    return file.bytes();
  }

  /** As {@code sha256sum} says. */
  private static String sha256(byte[] bytes) throws IOException {
    Process process = new ProcessBuilder("sha256sum").start();
    process.getOutputStream().write(bytes);
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes()).substring(0, 64);
  }
}
