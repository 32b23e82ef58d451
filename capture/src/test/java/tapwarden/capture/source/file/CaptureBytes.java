package tapwarden.capture.source.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds capture files byte by byte from the fields of their specifications, right or wrong. */
final class CaptureBytes {
  static final int MAGIC_MICROS = 0xA1B2C3D4;
  static final int MAGIC_NANOS = 0xA1B23C4D;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private ByteOrder order;

  CaptureBytes(ByteOrder order) {
    this.order = order;
  }

  static CaptureBytes little() {
    return new CaptureBytes(ByteOrder.LITTLE_ENDIAN);
  }

  static CaptureBytes big() {
    return new CaptureBytes(ByteOrder.BIG_ENDIAN);
  }

  CaptureBytes order(ByteOrder order) {
    this.order = order;
    return this;
  }

  CaptureBytes u16(int value) {
    bytes.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    return this;
  }

  CaptureBytes u32(long value) {
    bytes.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    return this;
  }

  CaptureBytes u64(long value) {
    bytes.writeBytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
    return this;
  }

  CaptureBytes raw(byte... values) {
    bytes.writeBytes(values);
    return this;
  }

  CaptureBytes text(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  CaptureBytes pcapHeader(int magic, int minor, int snapLength, int linkType) {
    return u32(magic).u16(2).u16(minor).u32(0).u32(0).u32(snapLength).u32(linkType);
  }

  CaptureBytes record(long seconds, long fraction, byte... frame) {
    return u32(seconds).u32(fraction).u32(frame.length).u32(frame.length).raw(frame);
  }

  CaptureBytes section() {
    return u32(0x0A0D0D0AL).u32(28).u32(0x1A2B3C4DL).u16(1).u16(0).u64(-1).u32(28);
  }

  /** A block of {@code type} around {@code body}, which is padded to 4 bytes. */
  CaptureBytes block(int type, byte[] body) {
    int length = 12 + (body.length + 3 & ~3);
    u32(type).u32(length).raw(body);
    raw(new byte[length - 12 - body.length]);
    return u32(length);
  }

  CaptureBytes describe(int linkType, int snapLength, byte... options) {
    return block(
        1, new CaptureBytes(order).u16(linkType).u16(0).u32(snapLength).raw(options).bytes());
  }

  /** An option with its padding. */
  CaptureBytes option(int code, byte... value) {
    return u16(code).u16(value.length).raw(value).raw(new byte[-value.length & 3]);
  }

  CaptureBytes packet(int interfaceId, long ticks, byte... frame) {
    return block(
        6,
        new CaptureBytes(order)
            .u32(interfaceId)
            .u32(ticks >>> 32)
            .u32(ticks)
            .u32(frame.length)
            .u32(frame.length)
            .raw(frame)
            .bytes());
  }

  int length() {
    return bytes.size();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
