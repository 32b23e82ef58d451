package tapwarden.inspect.protocol.quic;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.codec.quic.ChloPacket;
import tapwarden.inspect.codec.quic.Initials;
import tools.jackson.databind.json.JsonMapper;

class QuicFuzzTest {
  private static final byte[][] IDS = {
    Initials.ID, Initials.hex("aabbccddeeff00112233"), Initials.hex("f067a5502a4262b5")
  };
  private static final int MOST_DATAGRAMS = 24;

  /** Datagrams of any bytes, either way: nothing thrown, memory bounded and given back. */
  @FuzzTest
  void readsAnyDatagrams(FuzzedDataProvider data) {
    Talk talk = new Talk(64 * 1024);
    for (int i = 0; i < MOST_DATAGRAMS && data.remainingBytes() > 0; i++) {
      boolean toServer = data.consumeBoolean();
      give(talk, toServer, data.consumeBytes(data.consumeInt(0, 1_500)));
    }
    end(talk);
  }

  /** Any frames, properly protected: what a hostile client or server can say. */
  @FuzzTest
  void readsAnyFramesOfPacketsThatOpen(FuzzedDataProvider data) {
    Talk talk = new Talk(data.consumeBoolean() ? 64 * 1024 : 4 * 1024);
    int number = 0;
    for (int i = 0; i < MOST_DATAGRAMS && data.remainingBytes() > 0; i++) {
      byte[] id = IDS[data.consumeInt(0, IDS.length - 1)];
      boolean ofClient = data.consumeInt(0, 3) > 0;
      byte[] frames = data.consumeBytes(data.consumeInt(1, 400));
      if (frames.length == 0) {
        break;
      }
      byte[] packet =
          ofClient
              ? Initials.client(id, number++, frames, 0)
              : Initials.server(id, number++, frames);
      give(talk, data.consumeBoolean() == ofClient, packet);
    }
    end(talk);
  }

  /** A message in any parts tells the same as in one. */
  @FuzzTest
  void readsAHelloAlikeInAnyParts(FuzzedDataProvider data) {
    byte[] hello = Initials.clientHello();
    int changes = data.consumeInt(0, 4);
    for (int i = 0; i < changes; i++) {
      // Type and length stay: they say how much there is to come.
      hello[data.consumeInt(4, hello.length - 1)] = data.consumeByte();
    }
    Talk whole = new Talk();
    give(whole, true, Initials.client(Initials.ID, 0, Initials.crypto(0, hello), 300));
    Talk parts = new Talk();
    int number = 0;
    for (int i = 0; i < MOST_DATAGRAMS && data.remainingBytes() > 2; i++) {
      int from = data.consumeInt(0, hello.length - 1);
      int to = data.consumeInt(from, hello.length);
      give(
          parts, true, Initials.client(Initials.ID, number++, Initials.crypto(hello, from, to), 0));
    }
    give(parts, true, Initials.client(Initials.ID, number, Initials.crypto(0, hello), 0));
    check(whole.report.events.equals(parts.report.events), "the same events");
    check(whole.report.names.equals(parts.report.names), "the same names");
    end(whole);
    end(parts);
  }

  /** Any messages of Google's handshake in packets whose hash is right. */
  @FuzzTest
  void readsAnyHandshakeOfGoogles(FuzzedDataProvider data) {
    Talk talk = new Talk(32 * 1024);
    for (int i = 0; i < MOST_DATAGRAMS && data.remainingBytes() > 0; i++) {
      String version = data.pickValue(new String[] {"Q024", "Q035", "Q039", "Q043"});
      byte[] frames = data.consumeBytes(data.consumeInt(1, 300));
      byte[] packet =
          data.consumeBoolean()
              ? ChloPacket.publicHeader(version, i, frames)
              : ChloPacket.longHeader("Q046", i, frames);
      give(talk, true, packet);
    }
    end(talk);
  }

  private static void give(Talk talk, boolean toServer, byte[] datagram) {
    talk.recognise(toServer, datagram);
    talk.say(toServer, datagram);
    check(talk.memory.usedBytes() <= Attempts.MOST_HELD_BYTES, "memory bounded");
    check(talk.memory.usedBytes() >= 0, "memory given back once");
  }

  private static void end(Talk talk) {
    talk.close();
    check(talk.report.events.size() <= QuicHellos.MOST_EVENTS + 1, "events bounded");
    for (String event : talk.report.events) {
      check(JsonMapper.shared().readTree(event).has("quic"), event);
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
