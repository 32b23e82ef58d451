package tapwarden.inspect.protocol.ftpdata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.codec.file.FileDigest;
import tapwarden.inspect.codec.file.FileDigests;
import tapwarden.inspect.codec.ftp.FtpTransfer;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FtpDataReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final FtpDataProtocol protocol =
      new FtpDataProtocol(new ProtocolContext(memory, new CounterBlock()));
  private final FtpTransfer transfer = new FtpTransfer();

  private FtpDataReader reader() {
    return new FtpDataReader(protocol, transfer);
  }

  private void begin(String command, String fileName) {
    transfer.begin(command, fileName.getBytes(ISO_8859_1));
  }

  private static JsonNode json(RecordingReport report, int event) {
    return JSON.readTree(report.events.get(event));
  }

  @Test
  void tellsOfTheFileAndWhatItIs() throws IOException {
    begin("STOR", "run.sh");
    RecordingReport report = new Talk().client("#!/bin/sh\nid\n").play(reader());
    assertThat(report.events).hasSize(2);
    assertThat(json(report, 0).get("ftp_data").toString())
        .isEqualTo("{\"command\":\"STOR\",\"filename\":\"run.sh\"}");
    JsonNode file = json(report, 1).get("fileinfo");
    assertThat(file.get("filename").asString()).isEqualTo("run.sh");
    assertThat(file.get("size").asInt()).isEqualTo(13);
    assertThat(file.get("magic").asString()).contains("script");
    // The report's flow has no FIN.
    assertThat(file.get("state").asString()).isEqualTo("TRUNCATED");
    assertThat(file.has("sha256")).isFalse();
    EveSchema schema = EveSchema.load();
    for (String event : report.events) {
      assertThat(schema.problems(event)).isEmpty();
    }
  }

  @Test
  void digestsAFileThatIsWhole() throws IOException {
    begin("RETR", "abc");
    FileDigest digest = Objects.requireNonNull(new FileDigests(memory).take());
    digest.update("abc".getBytes(ISO_8859_1), 0, 3);
    RecordingReport report = new RecordingReport();
    FtpDataEve.writeFile(report, false, transfer, digest, false, true);
    JsonNode file = json(report, 0).get("fileinfo");
    assertThat(file.get("state").asString()).isEqualTo("CLOSED");
    // RFC 1321 §A.5, FIPS 180-2 §A.1 and §B.1
    assertThat(file.get("md5").asString()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    assertThat(file.get("sha1").asString()).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    assertThat(file.get("sha256").asString())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(EveSchema.load().problems(report.events.get(0))).isEmpty();
  }

  @Test
  void tellsOfNoFileWhereADirectoryIsListed() {
    begin("NLST", "/etc");
    RecordingReport report = new Talk().server("passwd\r\n").play(reader());
    assertThat(report.events).hasSize(1);
    assertThat(json(report, 0).get("ftp_data").toString()).isEqualTo("{\"command\":\"NLST\"}");
  }

  @Test
  void learnsTheNameWhileTheFilePasses() {
    FtpDataReader reader = reader();
    RecordingReport report = new RecordingReport();
    MemorySegment bytes = MemorySegment.ofArray(new byte[20_000]);
    assertThat(reader.data(report, false, bytes, 0, 20_000)).isTrue();
    begin("RETR", "late");
    assertThat(reader.data(report, true, bytes, 0, 1)).as("the other direction").isFalse();
    assertThat(memory.usedBytes()).isEqualTo(FileDigests.BYTES_EACH);
    reader.close(report);
    assertThat(memory.usedBytes()).isZero();
    assertThat(json(report, 1).at("/fileinfo/filename").asString()).isEqualTo("late");
    assertThat(json(report, 1).at("/fileinfo/size").asInt()).isEqualTo(20_000);
  }

  @Test
  void tellsOfGaps() {
    begin("RETR", "x");
    RecordingReport report = new Talk().server("ab").serverGap(5).server("c").play(reader());
    assertThat(json(report, 1).at("/fileinfo/gaps").asBoolean()).isTrue();
    assertThat(json(report, 1).at("/fileinfo/size").asInt()).isEqualTo(3);
  }

  @Test
  void looksAtNoFileWithoutMemory() {
    begin("RETR", "x");
    assertThat(memory.take(1 << 20)).isTrue();
    RecordingReport report = new Talk().server("abc").play(reader());
    assertThat(report.oddities).containsExactly("file_not_looked_at");
    assertThat(report.events).hasSize(1);
    assertThat(memory.usedBytes()).isEqualTo(1 << 20);
  }

  @Test
  void knowsThatMorePassedThanWasRead() {
    // 1,000 packets of 1,448 bytes of payload, with 66 bytes of headers each.
    FlowSnapshot flow = flow(1_000, 1_000 * (1_448 + 66), 1);
    assertThat(FtpDataReader.isWhole(flow, false, 1_448_000)).isTrue();
    assertThat(FtpDataReader.isWhole(flow, false, 1_048_576)).isFalse();
    assertThat(FtpDataReader.isWhole(flow(1_000, 1_514_000, 0), false, 1_448_000)).isFalse();
  }

  private static FlowSnapshot flow(long packets, long bytes, int flags) {
    return new FlowSnapshot(
        1,
        4,
        0,
        1,
        0,
        2,
        49_152,
        20,
        6,
        List.of(),
        0,
        0,
        1,
        0,
        1,
        0,
        1,
        packets,
        64,
        bytes,
        FlowSnapshot.State.ESTABLISHED,
        null,
        0,
        flags,
        false,
        false,
        false,
        null);
  }

  @Test
  void isRecognisedByNothing() {
    assertThat(Talk.recognise(protocol, true, 20, "abc")).isEqualTo(Recognition.NO);
    assertThat(protocol.mayBegin(true, 'a')).isFalse();
    assertThat(protocol.newStream(null)).isNotNull();
  }
}
