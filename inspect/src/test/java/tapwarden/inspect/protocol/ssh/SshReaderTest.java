package tapwarden.inspect.protocol.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.json.EveSchema;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.RecordingReport;
import tapwarden.inspect.protocol.Talk;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SshReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int NEWKEYS = 21;

  /** Lists of a router, and tshark's fingerprint of them (both ways the same). */
  private static final String[] ROUTER = {
    "diffie-hellman-group1-sha1",
    "ssh-rsa",
    "aes128-cbc,3des-cbc,aes192-cbc,aes256-cbc",
    "aes128-cbc,3des-cbc,aes192-cbc,aes256-cbc",
    "hmac-sha1,hmac-sha1-96,hmac-md5,hmac-md5-96",
    "hmac-sha1,hmac-sha1-96,hmac-md5,hmac-md5-96",
    "none",
    "none",
    "",
    ""
  };

  private static final String ROUTER_HASSH = "3cc67862bceac0f334c62ad1b76895b4";

  /** A client whose fingerprint tshark gives as 21b457a327ce7a2d4fce5ef2c42400bd. */
  private static final String[] CLIENT = {
    "diffie-hellman-group-exchange-sha256,diffie-hellman-group-exchange-sha1,"
        + "diffie-hellman-group14-sha1,diffie-hellman-group1-sha1",
    "ssh-dss,ssh-rsa",
    "aes128-ctr,aes192-ctr,aes256-ctr,arcfour256,arcfour128,aes128-cbc,3des-cbc,blowfish-cbc,"
        + "cast128-cbc,aes192-cbc,aes256-cbc,arcfour,rijndael-cbc@lysator.liu.se",
    "aes256-gcm@openssh.com",
    "hmac-md5,hmac-sha1,umac-64@openssh.com,hmac-ripemd160,hmac-ripemd160@openssh.com,"
        + "hmac-sha1-96,hmac-md5-96",
    "hmac-md5",
    "none,zlib@openssh.com,zlib",
    "zlib",
    "",
    ""
  };

  private static final String CLIENT_HASSH = "21b457a327ce7a2d4fce5ef2c42400bd";

  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final SshProtocol protocol =
      new SshProtocol(new ProtocolContext(memory, new CounterBlock()));

  private SshReader reader() {
    return new SshReader(protocol);
  }

  private static byte[] packet(int type, byte[] payload) {
    int padding = 4 + (8 - (payload.length + 10) % 8) % 8;
    ByteBuffer packet = ByteBuffer.allocate(6 + payload.length + padding);
    packet.putInt(2 + payload.length + padding).put((byte) padding).put((byte) type).put(payload);
    return packet.array();
  }

  static byte[] offer(String... lists) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes("0123456789abcdef".getBytes(ISO_8859_1));
    for (String list : lists) {
      payload.writeBytes(ByteBuffer.allocate(4).putInt(list.length()).array());
      payload.writeBytes(list.getBytes(ISO_8859_1));
    }
    payload.writeBytes(new byte[5]);
    return packet(20, payload.toByteArray());
  }

  private static Talk session() {
    return new Talk()
        .server("SSH-1.99-Cisco-1.25\n")
        .client("SSH-2.0-OpenSSH_5.9p1 Debian-5ubuntu1\r\n")
        .client(offer(CLIENT))
        .server(offer(ROUTER))
        .client(packet(30, new byte[129]))
        .server(packet(31, new byte[500]))
        .server(packet(NEWKEYS, new byte[0]))
        .client(packet(NEWKEYS, new byte[0]))
        .client("\u0000\u0000\u0000\u0000 encrypted");
  }

  private static JsonNode json(RecordingReport report, int event) {
    return JSON.readTree(report.events.get(event));
  }

  @Test
  void tellsBothSidesAsTsharkDoes() throws IOException {
    RecordingReport report = session().play(reader());
    assertThat(report.violation).isNull();
    assertThat(report.oddities).isEmpty();
    assertThat(report.traits)
        .containsExactly(
            "ssh-banner SERVER SSH-1.99-Cisco-1.25",
            "ssh-banner CLIENT SSH-2.0-OpenSSH_5.9p1 Debian-5ubuntu1");
    assertThat(report.events).hasSize(1);
    JsonNode client = json(report, 0).at("/ssh/client");
    assertThat(client.at("/proto_version").asString()).isEqualTo("2.0");
    assertThat(client.at("/software_version").asString())
        .isEqualTo("OpenSSH_5.9p1 Debian-5ubuntu1");
    assertThat(client.at("/hassh/hash").asString()).isEqualTo(CLIENT_HASSH);
    assertThat(client.at("/hassh/string").asString())
        .isEqualTo(String.join(";", CLIENT[0], CLIENT[2], CLIENT[4], CLIENT[6]));
    JsonNode server = json(report, 0).at("/ssh/server");
    assertThat(server.at("/proto_version").asString()).isEqualTo("1.99");
    assertThat(server.at("/software_version").asString()).isEqualTo("Cisco-1.25");
    assertThat(server.at("/hassh/hash").asString()).isEqualTo(ROUTER_HASSH);
    assertThat(json(report, 0).at("/event_type").asString()).isEqualTo("ssh");
    EveSchema schema = EveSchema.load();
    assertThat(schema.problems(withoutOwn(report.events.get(0)))).isEmpty();
  }

  /** What is under our own name is not the schema's. */
  private static String withoutOwn(String event) {
    tools.jackson.databind.node.ObjectNode node =
        (tools.jackson.databind.node.ObjectNode) JSON.readTree(event);
    node.remove("tapwarden");
    return node.toString();
  }

  @Test
  void tellsWhatTheKeyExchangeChose() {
    JsonNode chosen = json(session().play(reader()), 0).at("/tapwarden/ssh");
    assertThat(chosen.at("/kex").asString()).isEqualTo("diffie-hellman-group1-sha1");
    assertThat(chosen.at("/host_key").asString()).isEqualTo("ssh-rsa");
    assertThat(chosen.at("/cipher_toserver").asString()).isEqualTo("aes128-cbc");
    assertThat(chosen.at("/mac_toserver").asString()).isEqualTo("hmac-md5");
    assertThat(chosen.at("/compression_toserver").asString()).isEqualTo("none");
    assertThat(chosen.has("cipher_toclient")).as("nothing in common").isFalse();
  }

  @Test
  void namesNoAuthenticationWhereTheCipherHasItsOwn() {
    String[] lists = CLIENT.clone();
    lists[2] = "chacha20-poly1305@openssh.com,aes128-ctr";
    RecordingReport report =
        new Talk()
            .client("SSH-2.0-a\r\n")
            .server("SSH-2.0-b\r\n")
            .client(offer(lists))
            .server(offer(lists))
            .play(reader());
    JsonNode chosen = json(report, 0).at("/tapwarden/ssh");
    assertThat(chosen.at("/cipher_toserver").asString()).startsWith("chacha20");
    assertThat(chosen.has("mac_toserver")).isFalse();
    assertThat(chosen.at("/cipher_toclient").asString()).startsWith("aes256-gcm");
  }

  @Test
  void saysWhetherItGotBeyondNewKeys() {
    assertThat(isEncrypted(session().play(reader()))).isTrue();
    // The last two parts are NEWKEYS of the client, of 16 bytes, and what is encrypted.
    assertThat(isEncrypted(session().without(30).play(reader()))).isFalse();
  }

  private static boolean isEncrypted(RecordingReport report) {
    assertThat(report.events).hasSize(1);
    return json(report, 0).at("/tapwarden/ssh/encrypted").asBoolean();
  }

  @Test
  void wantsNothingBehindNewKeys() {
    SshReader reader = reader();
    RecordingReport report = new RecordingReport();
    byte[] all = new byte[16 + 11];
    System.arraycopy("SSH-2.0-a\r\n".getBytes(ISO_8859_1), 0, all, 0, 11);
    System.arraycopy(packet(NEWKEYS, new byte[0]), 0, all, 11, 16);
    java.lang.foreign.MemorySegment segment = java.lang.foreign.MemorySegment.ofArray(all);
    assertThat(reader.data(report, true, segment, 0, 26)).isTrue();
    assertThat(reader.data(report, true, segment, 26, 1)).isFalse();
    assertThat(reader.data(report, false, segment, 0, 11)).isTrue();
    reader.close(report);
  }

  @Test
  void tellsTheSameInAnyPieces() {
    RecordingReport whole = session().play(reader());
    for (int size : new int[] {1, 2, 3, 5, 7, 64, 1_000}) {
      RecordingReport pieces = session().play(reader(), size);
      assertThat(pieces.events).as("pieces of %d", size).isEqualTo(whole.events);
      assertThat(pieces.traits).isEqualTo(whole.traits);
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void tellsNothingFalseWhereverItIsCut() {
    for (int less = 0; less <= session().size(); less++) {
      RecordingReport report = session().without(less).play(reader(), 100);
      assertThat(report.violation).isNull();
      assertThat(memory.usedBytes()).isZero();
      for (String event : report.events) {
        JsonNode node = JSON.readTree(event);
        String client = node.at("/ssh/client/hassh/hash").asString("");
        String server = node.at("/ssh/server/hassh/hash").asString("");
        assertThat(client).isIn("", CLIENT_HASSH);
        assertThat(server).isIn("", ROUTER_HASSH);
      }
    }
  }

  @Test
  void readsLinesBeforeTheServersBanner() {
    RecordingReport report =
        new Talk()
            .server("Authorised use only.\r\nSecond line\nSSH-2.0-dropbear_2018.76\r\n")
            .client("SSH-2.0-libssh-0.7.3\r\n")
            .play(reader());
    JsonNode ssh = json(report, 0).get("ssh");
    assertThat(ssh.at("/server/software_version").asString()).isEqualTo("dropbear_2018.76");
    assertThat(ssh.at("/client/software_version").asString()).isEqualTo("libssh-0.7.3");
  }

  @Test
  void endsABannerAtNul() {
    RecordingReport report =
        new Talk().server("SSH-1.99-Cisco_server-1.24 \0\0\0\r\n").play(reader());
    assertThat(json(report, 0).at("/ssh/server/software_version").asString())
        .isEqualTo("Cisco_server-1.24 ");
    assertThat(report.oddities).containsExactly("banner_with_nul");
  }

  @Test
  void readsTheFirstVersion() {
    Talk banners = new Talk().server("SSH-1.99-OpenSSH_3.9p1\n").client("SSH-1.5-OpenSSH_6.2\n");
    // Length 12 of type, data, checksum; padding 8 - 12 % 8 = 4.
    byte[] key = ByteBuffer.allocate(20).putInt(12).array();
    RecordingReport report = banners.server(key).client(key).play(reader());
    assertThat(json(report, 0).at("/ssh/client/proto_version").asString()).isEqualTo("1.5");
    assertThat(isEncrypted(report)).isTrue();
  }

  @Test
  void cutsALongBanner() {
    String comment = "x".repeat(600);
    RecordingReport report = new Talk().client("SSH-2.0-a " + comment + "\r\n").play(reader());
    assertThat(report.oddities).containsExactly("banner_long");
    assertThat(json(report, 0).at("/ssh/client/software_version").asString())
        .isEqualTo("a " + comment.substring(0, 502));
  }

  @Test
  void tellsOfOneSideWhenTheOtherIsLost() {
    RecordingReport report =
        new Talk().client("SSH-2.0-a\r\n").client(offer(CLIENT)).serverGap(100).play(reader());
    assertThat(json(report, 0).at("/ssh/client/hassh/hash").asString()).isEqualTo(CLIENT_HASSH);
    assertThat(json(report, 0).at("/ssh").has("server")).isFalse();
  }

  @Test
  void readsAConnectionTakenUpBehindTheBanners() {
    RecordingReport report = new Talk().client(offer(CLIENT)).server(offer(ROUTER)).play(reader());
    assertThat(json(report, 0).at("/ssh/client/hassh/hash").asString()).isEqualTo(CLIENT_HASSH);
    assertThat(json(report, 0).at("/ssh/server/hassh/hash").asString()).isEqualTo(ROUTER_HASSH);
    assertThat(json(report, 0).at("/ssh/client").has("proto_version")).isFalse();
  }

  @Test
  void refusesWhatIsNoPacket() {
    assertThat(
            new Talk()
                .client("SSH-2.0-a\r\n")
                .client("GET / HTTP/1.1\r\n")
                .play(reader())
                .violation)
        .isEqualTo("packet_length");
    assertThat(
            new Talk()
                .client("SSH-2.0-a\r\n")
                .client(packet(94, new byte[20]))
                .play(reader())
                .violation)
        .isEqualTo("packet_type");
    String lines = "no banner\n".repeat(SshSide.MOST_LINES);
    assertThat(new Talk().server(lines).play(reader()).violation).isEqualTo("no_banner");
  }

  @Test
  void passesOverAnOfferWhoseListsDoNotFit() {
    byte[] offer = offer(CLIENT);
    offer[22] = 1;
    RecordingReport report =
        new Talk().client("SSH-2.0-a\r\n").client(offer).server("SSH-2.0-b\r\n").play(reader());
    assertThat(report.oddities).containsExactly("offer_malformed");
    assertThat(json(report, 0).at("/ssh/client").has("hassh")).isFalse();
  }

  @Test
  void goesOnWithoutMemory() {
    assertThat(memory.take(1 << 20)).isTrue();
    RecordingReport report = session().play(reader());
    assertThat(json(report, 0).at("/ssh/client/hassh/hash").asString()).isEqualTo(CLIENT_HASSH);
    assertThat(json(report, 0).at("/ssh/client/hassh").has("string")).isFalse();
    RecordingReport pieces = session().play(reader(), 9);
    assertThat(pieces.events).isEmpty();
    assertThat(memory.usedBytes()).isEqualTo(1 << 20);
  }

  @Test
  void isRecognisedByItsBannerOnAnyPort() {
    for (int port : new int[] {22, 80, 50_000}) {
      assertThat(Talk.recognise(protocol, true, port, "SSH-2.0-x")).isEqualTo(Recognition.YES);
      assertThat(Talk.recognise(protocol, false, port, "SSH-1.5-x")).isEqualTo(Recognition.YES);
      assertThat(Talk.recognise(protocol, true, port, "SSH")).isEqualTo(Recognition.MORE);
      assertThat(Talk.recognise(protocol, true, port, "SSH-")).isEqualTo(Recognition.MORE);
      assertThat(Talk.recognise(protocol, false, port, "hello\r\nSSH-2.0-x"))
          .isEqualTo(Recognition.YES);
      assertThat(Talk.recognise(protocol, true, port, offer(CLIENT))).isEqualTo(Recognition.LIKELY);
    }
  }

  @Test
  void isNotRecognisedInWhatComesNear() {
    List<String> others =
        List.of("SSH-x", "SSL-2.0", "GET / HTTP/1.1\r\n", "hello SSH-2.0-x", "\u0000\u0001\u0002");
    for (String other : others) {
      assertThat(Talk.recognise(protocol, true, 8_022, other)).as(other).isEqualTo(Recognition.NO);
      assertThat(Talk.recognise(protocol, false, 8_022, other)).as(other).isEqualTo(Recognition.NO);
    }
    assertThat(Talk.recognise(protocol, true, 22, "GET / HTTP/1.1\r\n")).isEqualTo(Recognition.NO);
    assertThat(Talk.recognise(protocol, false, 22, "\u0016\u0003\u0001")).isEqualTo(Recognition.NO);
    assertThat(Talk.recognise(protocol, false, 22, "hello\r\nSS")).isEqualTo(Recognition.MORE);
    byte[] offer = offer(CLIENT);
    offer[5] = 21;
    assertThat(Talk.recognise(protocol, true, 22, offer)).isEqualTo(Recognition.NO);
  }
}
