package tapwarden.inspect.codec.quic;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.Bytes;

/**
 * The long header of a packet of IETF QUIC (RFC 8999 §5.1, RFC 9000 §17.2, RFC 9369 §3.2), or of
 * Google's from Q050 on, read where it lies; reusable, valid as long as the bytes stay.
 */
public final class LongHeader {
  /** What the packet is. */
  public enum Type {
    INITIAL,
    ZERO_RTT,
    HANDSHAKE,
    RETRY,
    VERSION_NEGOTIATION
  }

  /** Fewest bytes of a datagram that can begin with one: two empty identifiers. */
  public static final int LEAST_BYTES = 7;

  static final int LONG = 0x80;
  private static final int FIXED = 0x40;
  static final int VERSION_AT = 1;

  private static final int IDS_AT = 5;
  private static final int VERSION_BYTES = 4;

  /** Integrity tag of a Retry packet, which is all of draft 25 and later (RFC 9001 §5.8). */
  private static final int LEAST_RETRY = 1;

  /** Packet number of one byte, and the sample that its protection takes behind four. */
  private static final int LEAST_PAYLOAD = 4 + 16;

  private static final Type[] TYPES = {Type.INITIAL, Type.ZERO_RTT, Type.HANDSHAKE, Type.RETRY};
  private static final Type[] TYPES_OF_V2 = {
    Type.RETRY, Type.INITIAL, Type.ZERO_RTT, Type.HANDSHAKE
  };

  private MemorySegment segment = MemorySegment.NULL;
  private Type type = Type.INITIAL;
  private int version;
  private long start;
  private long destinationId;
  private int destinationIdLength;
  private long sourceId;
  private int sourceIdLength;
  private long payload;
  private long end;
  private int tokenLength;
  private boolean hasIds;

  /**
   * Whether a byte begins a long header. The bit that is fixed is not looked at, since two ends may
   * agree not to (RFC 9287); {@link #isFixed} tells it.
   */
  public static boolean isLong(int first) {
    return (first & LONG) != 0;
  }

  /**
   * Reads the header of the packet at {@code at}.
   *
   * @param limit where the datagram ends
   * @return false if it is none, or not all there
   */
  public boolean parse(MemorySegment of, long at, long limit) {
    hasIds = false;
    if (limit - at < LEAST_BYTES || !isLong(Bytes.u8(of, at))) {
      return false;
    }
    segment = of;
    start = at;
    version = Bytes.i32(of, at + VERSION_AT);
    destinationIdLength = Bytes.u8(of, at + IDS_AT);
    destinationId = at + IDS_AT + 1;
    long next = destinationId + destinationIdLength;
    if (destinationIdLength > InitialKeys.MOST_ID_BYTES || next >= limit) {
      return false;
    }
    sourceIdLength = Bytes.u8(of, next);
    sourceId = next + 1;
    next = sourceId + sourceIdLength;
    if (sourceIdLength > InitialKeys.MOST_ID_BYTES || next >= limit) {
      return false;
    }
    hasIds = true;
    tokenLength = 0;
    if (version == QuicVersion.NEGOTIATION) {
      return readVersions(next, limit);
    }
    boolean isV2 = version == QuicVersion.V2 || version == QuicVersion.V2_DRAFT;
    type = (isV2 ? TYPES_OF_V2 : TYPES)[Bytes.u8(of, at) >>> 4 & 3];
    return readRest(of, next, limit);
  }

  private boolean readVersions(long next, long limit) {
    type = Type.VERSION_NEGOTIATION;
    payload = next;
    end = limit;
    return (limit - next) % VERSION_BYTES == 0;
  }

  private boolean readRest(MemorySegment of, long from, long limit) {
    long next = from;
    if (type == Type.RETRY) {
      payload = next;
      end = limit;
      return limit - next >= LEAST_RETRY;
    }
    if (type == Type.INITIAL) {
      long token = VarInt.read(of, next, limit);
      if (token == VarInt.CUT || token > limit - next) {
        return false;
      }
      tokenLength = (int) token;
      next += VarInt.bytes(Bytes.u8(of, next)) + token;
    }
    long length = VarInt.read(of, next, limit);
    if (length == VarInt.CUT || length < LEAST_PAYLOAD) {
      return false;
    }
    payload = next + VarInt.bytes(Bytes.u8(of, next));
    end = payload + length;
    return length <= limit - payload;
  }

  /**
   * Whether version and identifiers were there, even if the rest was not: a packet that was
   * captured in part.
   */
  public boolean hasIds() {
    return hasIds;
  }

  /** Whether the bit is set that the standard fixes. */
  public boolean isFixed() {
    return (Bytes.u8(segment, start) & FIXED) != 0;
  }

  public MemorySegment segment() {
    return segment;
  }

  public Type type() {
    return type;
  }

  public int version() {
    return version;
  }

  /** Where the packet starts. */
  public long start() {
    return start;
  }

  public long destinationId() {
    return destinationId;
  }

  public int destinationIdLength() {
    return destinationIdLength;
  }

  public long sourceId() {
    return sourceId;
  }

  public int sourceIdLength() {
    return sourceIdLength;
  }

  /** Bytes of the token that a server gave out before, in an Initial packet. */
  public int tokenLength() {
    return tokenLength;
  }

  /** Where the protected packet number starts, or the list of versions. */
  long payload() {
    return payload;
  }

  /** Where the next packet of the datagram starts, if there is one. */
  public long end() {
    return end;
  }

  /** Versions that are offered in a negotiation. */
  public int versionCount() {
    return (int) ((end - payload) / VERSION_BYTES);
  }

  public int offeredVersion(int index) {
    return Bytes.i32(segment, payload + (long) index * VERSION_BYTES);
  }

  /** Whether a version that is known is among those offered. */
  public boolean offersKnownVersion() {
    for (int i = 0; i < versionCount(); i++) {
      if (QuicVersion.isKnown(offeredVersion(i))) {
        return true;
      }
    }
    return false;
  }
}
