package tapwarden.inspect.codec.quic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import tapwarden.inspect.wire.Bytes;

/**
 * A packet of Google's QUIC before version 50, whose first ones are in clear behind a hash: with a
 * public header up to Q043, with a long header from Q044 on. Read where it lies; reusable, valid as
 * long as the bytes stay.
 */
public final class ClearPacket {
  private static final int VERSION_FLAG = 0x01;
  private static final int RESET_FLAG = 0x02;
  private static final int ID_FLAG = 0x08;
  private static final int UNUSED_FLAGS = 0xC0;
  private static final int ID_BYTES = 8;
  private static final int VERSION_BYTES = 4;
  private static final int HASH_BYTES = 12;

  /** Versions that have a byte of flags behind the hash. */
  private static final int LAST_WITH_PRIVATE_FLAGS = 33;

  private static final int FIRST_WITH_SIDE = 37;
  private static final byte[] CLIENT = "Client".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SERVER = "Server".getBytes(StandardCharsets.US_ASCII);
  private static final int LAST_WITH_LONG_NUMBER = 45;
  private static final int LONG_NUMBER_BYTES = 4;

  /** An identifier's length is told in four bits; 0 or 4 to 18. */
  private static final int ID_EXTRA = 3;

  private MemorySegment segment = MemorySegment.NULL;
  private int version;
  private long id;
  private int idLength;
  private int numberBytes;
  private long start;
  private long hash;
  private long payload;
  private long end;

  /** Reads the packet that is the datagram; false if it is none, or its version is not told. */
  public boolean parse(MemorySegment of, long at, int length) {
    segment = of;
    start = at;
    end = at + length;
    if (length < 1 + ID_BYTES + VERSION_BYTES + 1) {
      return false;
    }
    int first = Bytes.u8(of, at);
    boolean read = LongHeader.isLong(first) ? parseLong(at, first) : parsePublic(at, first);
    int number = QuicVersion.googleNumber(version);
    payload = hash + HASH_BYTES + (number <= LAST_WITH_PRIVATE_FLAGS ? 1 : 0);
    return read && payload < end;
  }

  private boolean parsePublic(long at, int first) {
    int wanted = VERSION_FLAG | ID_FLAG;
    if ((first & wanted) != wanted || (first & (RESET_FLAG | UNUSED_FLAGS)) != 0) {
      return false;
    }
    id = at + 1;
    idLength = ID_BYTES;
    version = Bytes.i32(segment, id + ID_BYTES);
    int width = first >>> 4 & 3;
    numberBytes = width == 0 ? 1 : 2 * width;
    hash = id + ID_BYTES + VERSION_BYTES + numberBytes;
    return QuicVersion.hasPublicHeader(version);
  }

  private boolean parseLong(long at, int first) {
    version = Bytes.i32(segment, at + LongHeader.VERSION_AT);
    int lengths = Bytes.u8(segment, at + LongHeader.VERSION_AT + VERSION_BYTES);
    id = at + LongHeader.VERSION_AT + VERSION_BYTES + 1;
    idLength = idLength(lengths >>> 4);
    boolean hasLongNumber = QuicVersion.googleNumber(version) <= LAST_WITH_LONG_NUMBER;
    numberBytes = hasLongNumber ? LONG_NUMBER_BYTES : 1 + (first & 3);
    hash = id + idLength + idLength(lengths & 0xF) + numberBytes;
    return QuicVersion.hasClearLongHeader(version);
  }

  private static int idLength(int bits) {
    return bits == 0 ? 0 : bits + ID_EXTRA;
  }

  /**
   * Whether the hash is right, which no encrypted packet's is: the first 96 bits of FNV-1a's 128
   * over all but itself, and from Q037 on over the name of the side, low ones first.
   *
   * @param byClient whose packet it is
   */
  public boolean isClear(boolean byClient) {
    Fnv128 fnv = new Fnv128();
    fnv.add(segment, start, hash);
    fnv.add(segment, hash + HASH_BYTES, end);
    if (QuicVersion.googleNumber(version) >= FIRST_WITH_SIDE) {
      fnv.add(byClient ? CLIENT : SERVER);
    }
    return Long.reverseBytes(Bytes.i64(segment, hash)) == fnv.low()
        && Integer.reverseBytes(Bytes.i32(segment, hash + Long.BYTES)) == (int) fnv.high();
  }

  public MemorySegment segment() {
    return segment;
  }

  public int version() {
    return version;
  }

  /** Where the connection identifier starts. */
  public long id() {
    return id;
  }

  public int idLength() {
    return idLength;
  }

  /**
   * Starts a cursor at the frames, which are copied.
   *
   * @param scratch at least as long as the datagram
   */
  public GoogleFrames frames(GoogleFrames cursor, byte[] scratch) {
    int length = (int) (end - payload);
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, payload, scratch, 0, length);
    int number = QuicVersion.googleNumber(version);
    return cursor.start(scratch, 0, length, number, numberBytes);
  }

  /** Bytes of frames. */
  public int framesLength() {
    return (int) (end - payload);
  }
}
