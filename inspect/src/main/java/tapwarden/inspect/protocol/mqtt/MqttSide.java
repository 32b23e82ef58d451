package tapwarden.inspect.protocol.mqtt;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.message.PartialMessage;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.Bytes;

/**
 * One direction of a connection: packets after a fixed header (MQTT 5 §2.1). Of what follows the
 * header only the part that is read is waited for, and kept only if it is not whole in a segment.
 */
final class MqttSide {
  /** Most bytes behind the fixed header that are read; what lies behind is passed over. */
  static final int MOST_BODY_BYTES = 8_192;

  private enum State {
    TYPE,
    LENGTH,
    BODY,
    REST,
    OVER
  }

  private final MqttReader reader;
  private final boolean toServer;
  private final PartialMessage held;
  private State state = State.TYPE;
  private int first;

  /**
   * Bytes behind the fixed header that have not come yet; while that is read, how many there are.
   */
  private int remaining;

  private int lengthBytes;

  /** Bytes of the body to be gathered. */
  private int wanted;

  MqttSide(MqttReader reader, boolean toServer, StreamMemory memory) {
    this.reader = reader;
    this.toServer = toServer;
    held = new PartialMessage(memory);
  }

  boolean isOver() {
    return state == State.OVER;
  }

  void end() {
    state = State.OVER;
    held.release();
  }

  void data(Report report, MemorySegment segment, long offset, int length) {
    long at = offset;
    long end = offset + length;
    while (at < end && state != State.OVER) {
      switch (state) {
        case TYPE -> type(report, Bytes.u8(segment, at++));
        case LENGTH -> length(report, Bytes.u8(segment, at++));
        case BODY -> at += body(report, segment, at, (int) (end - at));
        default -> at += pass((int) Math.min(remaining, end - at));
      }
    }
  }

  private void type(Report report, int value) {
    first = value;
    remaining = 0;
    lengthBytes = 0;
    state = State.LENGTH;
    if (value >>> 4 == 0) {
      fail(report, "mqtt_type");
    }
  }

  private void length(Report report, int digit) {
    remaining |= (digit & 0x7F) << (7 * lengthBytes++);
    if (digit < 0x80) {
      wanted = Math.min(remaining, reader.wanted(first));
      state = State.BODY;
      if (wanted == 0) {
        took(report, MemorySegment.NULL, 0);
      }
    } else if (lengthBytes == MqttPacket.LENGTH_BYTES) {
      fail(report, "mqtt_length");
    }
  }

  /** Takes of the body what is wanted; how many bytes that were. */
  private int body(Report report, MemorySegment segment, long at, int there) {
    if (held.length() == 0 && there >= wanted) {
      wantTopic(segment, at);
      if (there >= wanted) {
        int taken = wanted;
        took(report, segment, at);
        return taken;
      }
    }
    int some = Math.min(there, wanted - held.length());
    if (!held.append(segment, at, some)) {
      report.oddity("mqtt_no_memory");
      remaining -= held.length();
      held.release();
      state = State.REST;
      return pass(Math.min(remaining, some));
    }
    if (held.length() == wanted && !wantTopic(held.segment(), 0)) {
      took(report, held.segment(), 0);
    }
    return some;
  }

  /** A PUBLISH says in its first two bytes how much of it is topic. */
  private boolean wantTopic(MemorySegment segment, long at) {
    if (first >>> 4 != MqttPacket.PUBLISH || wanted != MqttReader.TOPIC_LENGTH_BYTES) {
      return false;
    }
    int identifier = (first & MqttReader.QUALITY) == 0 ? 0 : 2;
    int topic = Bytes.u16(segment, at) + identifier;
    wanted = Math.min(Math.min(remaining, MOST_BODY_BYTES), wanted + topic);
    return wanted > MqttReader.TOPIC_LENGTH_BYTES;
  }

  /** The part that is read is there. */
  private void took(Report report, MemorySegment segment, long at) {
    remaining -= wanted;
    boolean good = reader.packet(report, toServer, first, segment, at, wanted, remaining);
    if (state == State.OVER) {
      return;
    }
    held.release();
    state = remaining > 0 ? State.REST : State.TYPE;
    if (!good) {
      fail(report, "mqtt_packet");
    }
  }

  private int pass(int bytes) {
    remaining -= bytes;
    if (remaining == 0) {
      state = State.TYPE;
    }
    return bytes;
  }

  private void fail(Report report, String what) {
    report.violated(what);
    end();
  }
}
