package tapwarden.inspect.protocol.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.codec.quic.Initials.ID;
import static tapwarden.inspect.codec.quic.Initials.crypto;
import static tapwarden.inspect.codec.quic.Initials.hex;
import static tapwarden.inspect.codec.quic.Initials.join;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.quic.Initials;
import tools.jackson.databind.JsonNode;

class QuicConnectionTest {
  private static final byte[] HELLO = Initials.clientHello();
  private static final byte[] OTHER_ID = hex("aabbccddeeff0011");
  private static final String NAME = "quic example.com";

  private final Talk talk = new Talk();

  /** The RFC's hello for a host with a name of as many letters. */
  private static byte[] helloFor(String host) {
    byte[] hello = HELLO.clone();
    String text = new String(hello, StandardCharsets.ISO_8859_1);
    byte[] name = host.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, hello, text.indexOf("example.com"), name.length);
    return hello;
  }

  private static byte[] client(int number, byte[]... frames) {
    return Initials.client(ID, number, join(frames), 1_162);
  }

  private static byte[] serverHello() {
    return Initials.server(ID, 1, Initials.SERVER_FRAMES);
  }

  /** JA3 by tshark 4.0.17 of this packet; JA4 by hand from its specification with sha256sum. */
  @Test
  void tellsTheClientsAndTheServersHelloOfTheStandard() {
    assertThat(talk.client(Initials.clientV1())).isTrue();
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.report.traits)
        .containsExactly("quic-ja4 CLIENT q13d0211an_62ed6f6ca7ad_4d634acda6c0");
    JsonNode client = talk.events().get(0).get("quic");
    assertThat(client.get("version").asString()).isEqualTo("1");
    assertThat(client.get("sni").asString()).isEqualTo("example.com");
    assertThat(client.get("ja3").get("hash").asString())
        .isEqualTo("41bc9ae914d6cb3bd0bd0a5453ab7d7f");
    assertThat(client.get("ja4").asString()).isEqualTo("q13d0211an_62ed6f6ca7ad_4d634acda6c0");
    assertThat(client.get("extensions")).hasSize(11);
    assertThat(client.get("extensions").get(0).toString())
        .isEqualTo("{\"name\":\"server_name\",\"type\":0,\"values\":[\"example.com\"]}");
    assertThat(client.get("extensions").get(3).toString())
        .isEqualTo("{\"name\":\"alpn\",\"type\":16,\"values\":[\"alpn\"]}");

    assertThat(talk.server(Initials.SERVER_V1)).as("wants more").isFalse();
    JsonNode server = talk.events().get(1).get("quic");
    // printf '771,4865,51-43' | md5sum
    assertThat(server.get("ja3s").get("hash").asString())
        .isEqualTo("eb1d94daa7e0344597e756a1fb6e7054");
    talk.close();
    assertThat(talk.events()).hasSize(2);
    assertThat(talk.report.oddities).isEmpty();
  }

  @Test
  void readsVersion2() {
    talk.client(Initials.clientV2());
    assertThat(talk.server(Initials.SERVER_V2)).isFalse();
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.events().get(0).get("quic").get("version").asString()).isEqualTo("6b3343cf");
    talk.close();
  }

  @Test
  void putsAHelloTogetherFromFramesInAnyOrderOfManyDatagrams() {
    Random random = new Random(10);
    for (int round = 0; round < 40; round++) {
      Talk each = new Talk();
      List<byte[]> frames = new ArrayList<>();
      for (int from = 0; from < HELLO.length; ) {
        int to = Math.min(HELLO.length, from + 1 + random.nextInt(40));
        frames.add(crypto(HELLO, from, to));
        from = to;
      }
      Collections.shuffle(frames, random);
      assertThat(frames.size()).isGreaterThan(5);
      int number = 0;
      for (int from = 0; from < frames.size(); from += 2) {
        List<byte[]> some = frames.subList(from, Math.min(frames.size(), from + 2));
        each.client(client(number++, some.toArray(byte[][]::new)));
      }
      assertThat(each.report.names).containsExactly(NAME);
      assertThat(each.events()).hasSize(1);
      assertThat(each.report.oddities).isEmpty();
      assertThat(each.server(serverHello())).isFalse();
      each.close();
    }
  }

  @Test
  void readsAHelloOfOneByteAFrameBackwards() {
    byte[] frames = {};
    for (int at = HELLO.length - 1; at >= 0; at--) {
      frames = join(frames, crypto(HELLO, at, at + 1), new byte[] {1});
    }
    talk.client(client(0, frames));
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.report.oddities).isEmpty();
    talk.close();
  }

  @Test
  void readsAHelloOfManyInitialPacketsInOneDatagram() {
    byte[] datagram = {};
    for (int i = 0; i < 6; i++) {
      byte[] part = crypto(HELLO, i * 40, i == 5 ? HELLO.length : (i + 1) * 40);
      datagram = join(Initials.client(ID, i, part, 0), datagram);
    }
    talk.client(datagram);
    assertThat(talk.report.names).containsExactly(NAME);
    talk.close();
  }

  @Test
  void isNotBlindedByPacketsThatCannotBeOpened() {
    byte[] bogus = client(0, crypto(HELLO, 0, HELLO.length));
    bogus[600] ^= 1;
    for (int i = 0; i < 500; i++) {
      assertThat(talk.client(bogus)).isTrue();
    }
    assertThat(talk.report.oddities).containsExactly("initial_unreadable");
    talk.client(Initials.clientV1());
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.server(serverHello())).isFalse();
    talk.close();
  }

  @Test
  void isNotBlindedByAHelloThatNobodyAnswers() {
    byte[] decoy = helloFor("harmless.io");
    talk.client(Initials.client(OTHER_ID, 0, crypto(decoy, 0, decoy.length), 1_162));
    talk.client(Initials.clientV1());
    assertThat(talk.report.names).containsExactly("quic harmless.io", NAME);
    assertThat(talk.server(serverHello())).isFalse();
    talk.close();
  }

  @Test
  void keepsThePartsOfTwoHellosApart() {
    byte[] decoy = helloFor("harmless.io");
    talk.client(Initials.client(OTHER_ID, 0, crypto(decoy, 0, 100), 1_162));
    talk.client(client(0, crypto(HELLO, 100, HELLO.length)));
    talk.client(client(1, crypto(HELLO, 0, 100)));
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.report.oddities).isEmpty();
    talk.close();
  }

  @Test
  void readsTheHelloThatIsSentAgainAfterARetry() {
    byte[] retried = hex("f067a5502a4262b5");
    talk.client(Initials.clientV1());
    talk.server(Initials.RETRY_V1);
    talk.client(Initials.client(retried, 3, crypto(HELLO, 0, HELLO.length), 1_162));
    assertThat(talk.events()).hasSize(2);
    assertThat(talk.events().get(1).get("tapwarden").get("quic").get("retry").asBoolean()).isTrue();
    byte[] answer = Initials.server(retried, 0, Initials.SERVER_FRAMES);
    assertThat(talk.server(answer)).isFalse();
    talk.close();
    assertThat(talk.events()).hasSize(3);
  }

  @Test
  void knowsTheClientByTheNameThatTheServerGaveItself() {
    talk.client(client(0, crypto(HELLO, 0, 120)));
    talk.server(Initials.server(ID, 0, hex("02000000 00 0000000000000000")));
    byte[] rest = crypto(HELLO, 120, HELLO.length);
    talk.client(Initials.clientTo(ID, hex("f067a5502a4262b5"), 1, rest));
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.report.oddities).isEmpty();
    talk.close();
  }

  /** Third and fourth packet of tcpdump's quic_vn.pcap: the same identifier, another version. */
  @Test
  void startsAnewAfterANegotiation() {
    byte[] salt = hex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");
    byte[] frames = crypto(HELLO, 0, HELLO.length);
    talk.client(Initials.initial(0x1A2A3A4A, salt, ID, "client in", ID, 0, frames, 1_162));
    talk.server(hex("80 00000000 00 08 8394c8f03e515708 00000001 1a2a3a4a"));
    talk.client(client(1, frames));
    assertThat(talk.events()).hasSize(2);
    assertThat(talk.events().get(0).get("quic").get("version").asString()).isEqualTo("1a2a3a4a");
    assertThat(talk.events().get(1).get("quic").get("version").asString()).isEqualTo("1");
    assertThat(talk.events().get(1).get("tapwarden").get("quic").get("offered_versions").toString())
        .isEqualTo("[\"1\",\"1a2a3a4a\"]");
    talk.close();
  }

  @Test
  void tellsTheVersionWhenTheServerAloneIsHeard() {
    assertThat(talk.server(Initials.SERVER_V1)).isTrue();
    assertThat(talk.events()).isEmpty();
    talk.close();
    assertThat(talk.events()).hasSize(1);
    assertThat(talk.events().get(0).get("quic").toString()).isEqualTo("{\"version\":\"1\"}");
    assertThat(talk.report.oddities).isEmpty();
    assertThat(talk.report.names).isEmpty();
  }

  @Test
  void readsAFlowTheWrongWayRound() {
    talk.server(Initials.clientV1());
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.report.traits.get(0)).startsWith("quic-ja4 SERVER");
    assertThat(talk.client(serverHello())).isFalse();
    talk.close();
  }

  @Test
  void tellsAHelloOnceHoweverOftenItIsSent() {
    for (int number = 0; number < 5; number++) {
      talk.client(client(number, crypto(HELLO, 0, HELLO.length)));
    }
    assertThat(talk.events()).hasSize(1);
    assertThat(talk.report.names).hasSize(1);
    talk.close();
  }

  @Test
  void saysThatOverlappingPartsDiffer() {
    byte[] other = helloFor("harmless.io");
    talk.client(client(0, crypto(HELLO, 40, HELLO.length)));
    talk.client(client(1, crypto(other, 0, 160)));
    assertThat(talk.report.oddities).containsExactly("crypto_differs", "hello_differs");
    assertThat(talk.report.names).containsExactly(NAME, "quic harmless.io");
    talk.close();
  }

  /** A hello that does not reach the server, then the true one in parts, as circumvention does. */
  @Test
  void readsAHelloThatFollowsADecoyOfTheSameConnection() {
    for (int parts = 1; parts < 8; parts++) {
      Talk each = new Talk();
      byte[] decoy = helloFor("harmless.io");
      each.client(client(0, crypto(decoy, 0, decoy.length)));
      for (int i = parts - 1; i >= 0; i--) {
        int from = HELLO.length * i / parts;
        int to = HELLO.length * (i + 1) / parts;
        each.client(client(parts - i, crypto(HELLO, from, to)));
      }
      assertThat(each.report.names).containsExactly("quic harmless.io", NAME);
      assertThat(each.report.oddities).containsExactly("hello_differs");
      assertThat(each.events()).hasSize(2);
      assertThat(each.server(serverHello())).isFalse();
      each.close();
    }
  }

  @Test
  void readsAHelloThatFollowsGarbageOfTheSameConnection() {
    byte[] garbage = new byte[HELLO.length];
    Arrays.fill(garbage, (byte) 0x5A);
    talk.client(client(0, crypto(garbage, 0, garbage.length)));
    talk.client(client(1, crypto(HELLO, 0, 100)));
    talk.client(client(2, crypto(HELLO, 100, HELLO.length)));
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.report.oddities).contains("handshake_type", "crypto_differs");
    talk.close();
  }

  @Test
  void readsAPacketBehindOneThatDoesNotOpenInTheSameDatagram() {
    byte[] bogus = Initials.client(ID, 0, crypto(HELLO, 0, 50), 60);
    bogus[bogus.length - 1] ^= 1;
    talk.client(join(bogus, bogus, bogus, client(1, crypto(HELLO, 0, HELLO.length))));
    assertThat(talk.report.names).containsExactly(NAME);
    byte[] many = join(bogus, bogus, bogus, bogus, bogus);
    talk.client(many);
    assertThat(talk.report.oddities).containsExactly("initial_unreadable", "packets_limit");
    talk.close();
  }

  @Test
  void ignoresACoalescedPacketOfAnotherConnection() {
    byte[] decoy = helloFor("harmless.io");
    byte[] other = Initials.client(OTHER_ID, 0, crypto(decoy, 0, decoy.length), 300);
    talk.client(join(client(0, crypto(HELLO, 0, HELLO.length)), other));
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.report.oddities).containsExactly("coalesced_id");
    talk.close();
  }

  @Test
  void seesEarlyDataAndTellsItWithTheServersHello() {
    byte[] early = hex("d0 00000001 08 8394c8f03e515708 00 14" + "00".repeat(20));
    talk.client(join(client(0, crypto(HELLO, 0, HELLO.length)), early));
    talk.server(serverHello());
    JsonNode own = talk.events().get(1).get("tapwarden").get("quic");
    assertThat(own.get("zero_rtt").asBoolean()).isTrue();
    talk.close();
    assertThat(talk.events()).hasSize(2);
  }

  @Test
  void readsTheNameOfAHelloThatIsLongerThanIsKept() {
    byte[] huge = Arrays.copyOf(HELLO, 20_000);
    huge[1] = 0;
    huge[2] = (byte) ((20_000 - 4) >>> 8);
    huge[3] = (byte) (20_000 - 4);
    int number = 0;
    for (int from = 0; from < huge.length; from += 1_000) {
      talk.client(client(number++, crypto(huge, from, from + 1_000)));
    }
    assertThat(talk.report.names).containsExactly(NAME);
    assertThat(talk.report.oddities).contains("crypto_limit");
    talk.close();
  }

  @Test
  void staysWithinItsShareOfMemoryAndSaysSo() {
    for (int i = 0; i < 40; i++) {
      byte[] id = OTHER_ID.clone();
      id[0] = (byte) i;
      byte[] far = crypto(16_000, new byte[100]);
      talk.client(Initials.client(id, 0, far, 1_162));
      assertThat(talk.memory.usedBytes()).isBetween(1L, (long) Attempts.MOST_HELD_BYTES);
    }
    assertThat(talk.report.oddities).contains("attempts_limit");
    talk.client(client(0, crypto(HELLO, 100, HELLO.length)));
    talk.client(client(1, crypto(HELLO, 0, 100)));
    assertThat(talk.report.names).containsExactly(NAME);
    talk.close();
  }

  @Test
  void readsAWholeHelloWithoutAnyMemory() {
    Talk poor = new Talk(0);
    poor.client(client(0, crypto(HELLO, 100, HELLO.length)));
    assertThat(poor.report.oddities).containsExactly("crypto_memory");
    poor.client(client(1, crypto(HELLO, 0, HELLO.length)));
    assertThat(poor.report.names).containsExactly(NAME);
    poor.close();
  }

  @Test
  void letsGoOfAFlowThatSaysNoMore() {
    talk.client(Initials.clientV1());
    byte[] shortHeader = hex("41 0102030405060708 00112233445566778899aabbccddeeff0011");
    int more = 0;
    while (talk.client(shortHeader)) {
      more++;
    }
    assertThat(more).isLessThan(QuicConnection.MOST_AFTER_HELLO);
    talk.close();
  }

  @Test
  void saysNothingFalseOfADatagramThatIsCutAnywhere() {
    byte[] whole = Initials.clientV1();
    for (int length = 0; length < whole.length; length++) {
      Talk each = new Talk();
      each.client(Arrays.copyOf(whole, length));
      each.close();
      assertThat(each.report.names).isEmpty();
      assertThat(each.report.traits).isEmpty();
      assertThat(each.report.events.size()).isEqualTo(length > 15 ? 1 : 0);
    }
  }
}
