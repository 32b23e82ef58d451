package tapwarden.inspect.protocol;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A talk of any bytes, for fuzz tests: parts begin with a byte of which the highest bit says the
 * side, the next one whether bytes are missing, and the rest the length, in units of 3 bytes.
 */
public final class AnyTalk {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int UNIT = 3;

  private AnyTalk() {}

  public static Talk of(byte[] data) {
    Talk talk = new Talk();
    for (int at = 0; at < data.length; ) {
      int head = data[at++] & 0xFF;
      boolean client = (head & 0x80) == 0;
      int length = Math.min((head & 0x3F) * UNIT, data.length - at);
      if ((head & 0x40) != 0) {
        Talk unused = client ? talk.clientGap(1 + length) : talk.serverGap(1 + length);
        continue;
      }
      byte[] part = Arrays.copyOfRange(data, at, at + length);
      Talk unused = client ? talk.client(part) : talk.server(part);
      at += length;
    }
    return talk;
  }

  /**
   * Plays it in several chunkings with fresh readers: the same is told, the events are JSON, the
   * memory is given back; and asks what the protocol thinks of the bytes.
   */
  public static void check(
      byte[] data, Protocol protocol, StreamMemory memory, @Nullable Object note) {
    Talk talk = of(data);
    RecordingReport whole = play(talk, protocol, note, Integer.MAX_VALUE);
    for (String event : whole.events) {
      check(JSON.readTree(event).isObject(), "JSON");
    }
    check(memory.usedBytes() == 0, "memory given back");
    int some = data.length == 0 ? 1 : 1 + (data[0] & 0x1F);
    for (int size : new int[] {1, some}) {
      RecordingReport pieces = play(talk, protocol, note, size);
      check(whole.events.equals(pieces.events), "events");
      check(whole.traits.equals(pieces.traits), "traits");
      check(whole.names.equals(pieces.names), "names");
      check(whole.expected.equals(pieces.expected), "expected");
      check(whole.oddities.equals(pieces.oddities), "oddities");
      check(Objects.equals(whole.violation, pieces.violation), "violation");
      check((whole.handedOver < 0) == (pieces.handedOver < 0), "handed over");
      check(memory.usedBytes() == 0, "memory given back");
    }
    Recognition unused = Talk.recognise(protocol, some % 2 == 0, 22 + some % 4, data);
  }

  private static RecordingReport play(
      Talk talk, Protocol protocol, @Nullable Object note, int size) {
    return talk.play(Objects.requireNonNull(protocol.newStream(note)), size);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
