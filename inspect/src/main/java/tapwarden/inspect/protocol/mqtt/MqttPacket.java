package tapwarden.inspect.protocol.mqtt;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.Bytes;

/**
 * A cursor over what is behind the fixed header of a control packet (MQTT 5 §2.1): numbers, strings
 * after two bytes of length, properties after their own length. Where something would run over the
 * end, it {@link #isCut} and everything read is empty from there on.
 */
final class MqttPacket {
  static final int CONNECT = 1;
  static final int CONNACK = 2;
  static final int PUBLISH = 3;
  static final int SUBSCRIBE = 8;
  static final int UNSUBSCRIBE = 10;
  static final int DISCONNECT = 14;
  static final int AUTH = 15;

  /** Most bytes of a variable length (§1.5.5). */
  static final int LENGTH_BYTES = 4;

  private MemorySegment segment = MemorySegment.NULL;
  private long at;
  private long end;
  private boolean cut;

  private long textOffset;
  private int textLength;

  MqttPacket wrap(MemorySegment segment, long offset, int length) {
    this.segment = segment;
    at = offset;
    end = offset + length;
    cut = false;
    textOffset = offset;
    textLength = 0;
    return this;
  }

  MemorySegment segment() {
    return segment;
  }

  boolean isCut() {
    return cut;
  }

  boolean isAtEnd() {
    return cut || at == end;
  }

  /** The place of what is read next. */
  long at() {
    return at;
  }

  /** Goes back to a place where the cursor was. */
  void moveTo(long place) {
    at = place;
    cut = false;
  }

  int u8() {
    return room(1) ? Bytes.u8(segment, at++) : 0;
  }

  int u16() {
    if (!room(2)) {
      return 0;
    }
    at += 2;
    return Bytes.u16(segment, at - 2);
  }

  /** A string or binary data: {@link #textOffset} and {@link #textLength} tell where it lies. */
  void text() {
    int length = u16();
    boolean there = room(length);
    textOffset = at;
    textLength = there ? length : 0;
    at += textLength;
  }

  long textOffset() {
    return textOffset;
  }

  int textLength() {
    return textLength;
  }

  /** Passes over the properties of version 5 (§2.2.2). */
  void skipProperties() {
    int length = 0;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      int digit = u8();
      length |= (digit & 0x7F) << (7 * i);
      if (digit < 0x80) {
        if (room(length)) {
          at += length;
        }
        return;
      }
    }
    cut = true;
  }

  private boolean room(int bytes) {
    cut |= end - at < bytes;
    return !cut;
  }
}
