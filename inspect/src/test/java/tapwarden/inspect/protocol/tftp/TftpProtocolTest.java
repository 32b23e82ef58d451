package tapwarden.inspect.protocol.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.protocol.Datagrams.hex;
import static tapwarden.inspect.protocol.Datagrams.join;
import static tapwarden.inspect.protocol.Datagrams.text;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.file.FileDigests;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.DatagramBytes;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Packets laid out by hand after RFC 1350 §5 and RFC 2347; digests by md5sum and its kin. */
class TftpProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Datagrams requests = new Datagrams(new TftpProvider(), 2071, 69);
  private final Datagrams flow = new Datagrams(new TftpProvider(), 40069, 2071);

  private static byte[] request(int operation, String... texts) {
    return join(new byte[] {0, (byte) operation}, text(String.join("\0", texts) + "\0"));
  }

  private static byte[] data(int block, byte[] content) {
    return join(new byte[] {0, 3, (byte) (block >>> 8), (byte) block}, content);
  }

  private static byte[] blockOf(char c, int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) c);
    return content;
  }

  /** A transfer that the request announced. */
  private Datagrams transfer(byte[] request) {
    requests.toServer(request);
    return flow.expected(requests.report.notes.getLast());
  }

  private static final byte[] READ = request(1, "router-confg", "octet");

  private JsonNode last() {
    return JSON.readTree(flow.event());
  }

  @Test
  void tellsARequestAndExpectsItsTransfer() {
    assertThat(requests.recognise(READ)).isEqualTo(Recognition.YES);
    requests.toServer(READ);
    assertThat(JSON.readTree(requests.event()).get("tftp"))
        .isEqualTo(
            JSON.readTree(
                """
                {"packet": "read", "file": "router-confg", "mode": "octet"}
                """));
    // The client's address and port.
    assertThat(requests.report.expected).containsExactly("tftp 4 a000001 2071");
    assertThat(requests.report.notes.getLast()).isInstanceOf(TftpTransfer.class);
  }

  @Test
  void tellsOptionsAndAnyCaseOfTheMode() {
    byte[] write = request(2, "up.bin", "OcTeT", "blksize", "1428", "tsize", "0");
    assertThat(requests.recognise(write)).isEqualTo(Recognition.YES);
    requests.toServer(write);
    JsonNode event = JSON.readTree(requests.event());
    assertThat(event.at("/tftp/packet").asString()).isEqualTo("write");
    assertThat(event.at("/tftp/mode").asString()).isEqualTo("OcTeT");
    assertThat(event.at("/tapwarden/tftp/options"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"name": "blksize", "value": "1428"}, {"name": "tsize", "value": "0"}]
                """));
  }

  @Test
  void tellsARepeatedRequestOnce() {
    requests.toServer(READ);
    requests.toServer(READ);
    assertThat(requests.events()).hasSize(1);
    requests.toServer(request(1, "other", "octet"));
    assertThat(requests.events()).hasSize(2);
  }

  /** {@code printf 'a%.0s' {1..512} && echo -n hello} through md5sum, sha1sum and sha256sum. */
  @Test
  void hashesTheFileThatTheBlocksMake() {
    transfer(READ);
    flow.toServer(data(1, blockOf('a', 512)));
    flow.toClient(hex("0004 0001"));
    flow.toServer(data(1, blockOf('a', 512)));
    assertThat(flow.toServer(data(2, text("hello")))).isFalse();
    assertThat(last().get("fileinfo"))
        .isEqualTo(
            JSON.readTree(
                """
                {"filename": "router-confg", "gaps": false, "state": "CLOSED",
                 "md5": "f552e485d047014320fd42b7d5b98cc4",
                 "sha1": "e0fa772067d0b621116e4e8e26e98f8870edad22",
                 "sha256": "90fca877b64d5a944836a2e4a13f617cc2ec7fec9a802ce7daa91cf47080e938",
                 "stored": false, "size": 517, "tx_id": 0}
                """));
    assertThat(last().at("/tapwarden/tftp/blocks").asInt()).isEqualTo(2);
    flow.close();
    assertThat(flow.events()).hasSize(1);
    assertThat(flow.memory.usedBytes()).isZero();
  }

  @Test
  void endsWithAnEmptyBlockIfAllAreFull() {
    transfer(READ);
    flow.toServer(data(1, blockOf('a', 512)));
    assertThat(flow.toServer(data(2, new byte[0]))).isFalse();
    assertThat(last().at("/fileinfo/size").asInt()).isEqualTo(512);
    assertThat(last().at("/fileinfo/state").asString()).isEqualTo("CLOSED");
  }

  @Test
  void takesTheBlockSizeThatTheServerAcknowledges() {
    transfer(request(1, "f", "octet", "blksize", "1024"));
    flow.toServer(join(hex("0006"), text("blksize\0" + "600\0")));
    assertThat(flow.toServer(data(1, blockOf('a', 600)))).isTrue();
    assertThat(flow.toServer(data(2, blockOf('a', 599)))).isFalse();
    assertThat(last().at("/tapwarden/tftp/block_bytes").asInt()).isEqualTo(600);
  }

  @Test
  void takesTheFirstBlocksSizeIfTheAcknowledgementWasNotSeen() {
    transfer(request(1, "f", "octet", "blksize", "1024"));
    assertThat(flow.toServer(data(1, blockOf('a', 1024)))).isTrue();
    assertThat(flow.toServer(data(2, blockOf('a', 512)))).isFalse();
    assertThat(last().at("/fileinfo/size").asInt()).isEqualTo(1536);
  }

  @Test
  void saysThatAFileHasAGapAndGivesNoDigestOfIt() {
    transfer(READ);
    flow.toServer(data(1, blockOf('a', 512)));
    assertThat(flow.toServer(data(3, text("end")))).isFalse();
    JsonNode file = last().get("fileinfo");
    assertThat(file.get("gaps").asBoolean()).isTrue();
    assertThat(file.get("state").asString()).isEqualTo("TRUNCATED");
    assertThat(file.has("md5")).isFalse();
    assertThat(file.get("size").asInt()).isEqualTo(515);
  }

  @Test
  void tellsAFileThatWasNotFinished() {
    transfer(request(2, "f", "octet"));
    flow.toServer(hex("0004 0000"));
    flow.toClient(data(1, blockOf('a', 512)));
    flow.close();
    assertThat(last().at("/fileinfo/state").asString()).isEqualTo("TRUNCATED");
    assertThat(last().at("/fileinfo/gaps").asBoolean()).isFalse();
    assertThat(flow.memory.usedBytes()).isZero();
  }

  @Test
  void goesOnAfterTheLastNumberWithZeroOrOne() {
    for (int first : new int[] {0, 1}) {
      RecordingReport report = new RecordingReport();
      TftpData transfer =
          new TftpData(
              new TftpTransfer(text("f"), text("octet"), false),
              new DatagramBytes(),
              new TftpRequest(),
              new FileDigests(new StreamMemory(1 << 20)));
      read(transfer, report, join(hex("0006"), text("blksize\0" + "8\0")));
      byte[] packet = data(0, blockOf('a', 8));
      for (int block = 1; block < 65_536; block++) {
        packet[2] = (byte) (block >>> 8);
        packet[3] = (byte) block;
        read(transfer, report, packet);
      }
      read(transfer, report, data(first, text("end")));
      JsonNode file = JSON.readTree(report.events.getLast()).get("fileinfo");
      assertThat(file.get("gaps").asBoolean()).isFalse();
      assertThat(file.get("size").asLong()).isEqualTo(65_535L * 8 + 3);
    }
  }

  private static void read(TftpData transfer, RecordingReport report, byte[] packet) {
    transfer.datagram(report, false, MemorySegment.ofArray(packet), 0, packet.length);
  }

  @Test
  void tellsARefusal() {
    transfer(READ);
    assertThat(flow.toServer(join(hex("0005 0001"), text("File not found\0")))).isFalse();
    assertThat(last().at("/tftp/packet").asString()).isEqualTo("error");
    assertThat(last().at("/tapwarden/tftp"))
        .isEqualTo(JSON.readTree("{\"error_code\": 1, \"error_message\": \"File not found\"}"));
  }

  @Test
  void readsAServerThatAnswersFromItsPort() {
    requests.toServer(READ);
    requests.toClient(data(1, text("hello")));
    assertThat(JSON.readTree(requests.event()).at("/fileinfo/size").asInt()).isEqualTo(5);
    assertThat(requests.events()).hasSize(2);
    requests.close();
    assertThat(requests.events()).hasSize(2);
    assertThat(requests.memory.usedBytes()).isZero();
  }

  @Test
  void isValidAgainstThePublishedSchema() throws IOException {
    EveSchema schema = EveSchema.load();
    transfer(request(1, "f", "octet", "tsize", "0"));
    flow.toServer(data(1, text("#!/bin/sh\n")));
    flow.expected(requests.report.notes.getLast());
    flow.toServer(hex("0005 0001 00"));
    requests.events().addAll(flow.events());
    assertThat(requests.events()).hasSize(3);
    for (String event : requests.events()) {
      ObjectNode eve = (ObjectNode) JSON.readTree(event);
      assertThat(eve.remove("tapwarden")).isNotNull();
      assertThat(schema.problems(eve.toString())).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoRequest() {
    assertThat(requests.recognise(request(1, "", "octet"))).isEqualTo(Recognition.NO);
    assertThat(requests.recognise(request(1, "f", "binary"))).isEqualTo(Recognition.NO);
    assertThat(requests.recognise(request(3, "f", "octet"))).isEqualTo(Recognition.NO);
    assertThat(requests.recognise(request(1, "a\u0001b", "octet"))).isEqualTo(Recognition.NO);
    assertThat(requests.recognise(hex("0001"))).isEqualTo(Recognition.NO);
    assertThat(requests.recognise(new byte[0])).isEqualTo(Recognition.NO);
    assertThat(requests.recognise(request(1, "f".repeat(510), "octet"))).isEqualTo(Recognition.NO);
    assertThat(requests.toServer(data(1, text("x")))).isFalse();
    assertThat(requests.report.violation).isEqualTo("no_tftp");
  }

  @Test
  void violatesWhatFollowsNoTransfer() {
    transfer(READ);
    assertThat(flow.toServer(text("something else"))).isFalse();
    assertThat(flow.report.violation).isEqualTo("no_tftp");
    assertThat(flow.events()).isEmpty();
  }

  @Test
  void isNoRequestWhereverItIsCut() {
    for (int length = 0; length < READ.length; length++) {
      byte[] part = Arrays.copyOf(READ, length);
      Datagrams cut = new Datagrams(new TftpProvider(), 2071, 69);
      assertThat(cut.recognise(part)).isEqualTo(Recognition.NO);
      cut.toServer(part);
      assertThat(cut.events()).isEmpty();
    }
  }

  @Test
  void waitsForNoMoreTransfersThanTheLimit() {
    for (int i = 0; i < TftpProtocol.MAX_REQUESTS_A_MINUTE + 5; i++) {
      requests.toServer(request(1, "f" + i, "octet"));
    }
    assertThat(requests.events()).hasSize(TftpProtocol.MAX_REQUESTS_A_MINUTE);
    assertThat(requests.report.expected).hasSize(TftpProtocol.MAX_REQUESTS_A_MINUTE);
    assertThat(requests.report.oddities).containsExactly("event_limit");
  }
}
