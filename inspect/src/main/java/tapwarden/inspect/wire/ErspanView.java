package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * ERSPAN header (draft-foschiano-erspan): a mirrored frame in GRE. Type I (GRE protocol 0x88BE
 * without sequence number) has no header at all; type II (0x88BE with one) and type III (0x22EB)
 * are told by the version field.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |  Ver  |          VLAN         | COS |En/BSO|T|   Session ID   |
 * |   Reserved (12)       |             Index (20)                |  type II, 8 bytes
 * |                           Timestamp                           |  type III, 12 bytes
 * |   Security group tag          |P|   FT    |   HW id   |D|Gra|O|
 * |  Platform id  |   platform specific information, 8 bytes      |  type III with O
 * </pre>
 */
public final class ErspanView extends HeaderView {
  public static final int TYPE_I = 1;
  public static final int TYPE_II = 2;
  public static final int TYPE_III = 3;

  public static final int TYPE_II_LENGTH = 8;
  public static final int TYPE_III_LENGTH = 12;
  public static final int SUBHEADER_LENGTH = 8;

  public static final int FRAME_TYPE_ETHERNET = 0;
  public static final int FRAME_TYPE_IP = 2;

  private static final int VERSION_AND_VLAN = 0;
  private static final int SESSION = 2;
  private static final int INDEX = 5;
  private static final int TIMESTAMP = 4;
  private static final int SECURITY_GROUP = 8;
  private static final int TYPE_III_FLAGS = 10;

  private int type;

  /** Reads type II or III by the version field; refuses other versions. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    type = 0;
    if (!place(segment, offset, end, TYPE_II_LENGTH)) {
      return false;
    }
    switch (version()) {
      case 1 -> type = TYPE_II;
      case 2 -> {
        if (available() < TYPE_III_LENGTH) {
          return false;
        }
        type = TYPE_III;
      }
      default -> {
        return false;
      }
    }
    return headerLength() <= available();
  }

  /** Stands for the header that type I does not have: the frame starts at {@code offset}. */
  public boolean wrapTypeOne(MemorySegment segment, long offset, long end) {
    type = TYPE_I;
    return place(segment, offset, end, 0);
  }

  /** {@link #TYPE_I}, {@link #TYPE_II} or {@link #TYPE_III}. */
  public int type() {
    return type;
  }

  private int version() {
    return u8(VERSION_AND_VLAN) >>> 4;
  }

  public int headerLength() {
    return switch (type) {
      case TYPE_II -> TYPE_II_LENGTH;
      case TYPE_III -> TYPE_III_LENGTH + (hasSubheader() ? SUBHEADER_LENGTH : 0);
      default -> 0;
    };
  }

  /** VLAN of the mirrored frame, 12 bits; -1 in type I. */
  public int vlan() {
    return type == TYPE_I ? -1 : u16(VERSION_AND_VLAN) & 0xFFF;
  }

  /** Class of service, 3 bits; 0 in type I. */
  public int classOfService() {
    return type == TYPE_I ? 0 : u8(SESSION) >>> 5;
  }

  /** Whether the mirrored frame was cut to fit. */
  public boolean isTruncated() {
    return type != TYPE_I && (u8(SESSION) & 4) != 0;
  }

  /** Mirror session, 10 bits; -1 in type I. */
  public int sessionId() {
    return type == TYPE_I ? -1 : u16(SESSION) & 0x3FF;
  }

  /** Source port of the mirror, 20 bits; -1 except in type II. */
  public int index() {
    return type == TYPE_II ? u24(INDEX) & 0xFFFFF : -1;
  }

  /** In units of {@link #granularity()}; -1 except in type III. */
  public long timestamp() {
    return type == TYPE_III ? u32(TIMESTAMP) : -1;
  }

  /** -1 except in type III. */
  public int securityGroup() {
    return type == TYPE_III ? u16(SECURITY_GROUP) : -1;
  }

  /** Timestamp unit: 0 100 µs, 1 100 ns, 2 as IEEE 1588, 3 told by the subheader. */
  public int granularity() {
    return type == TYPE_III ? u16(TYPE_III_FLAGS) >>> 1 & 3 : 0;
  }

  /** Whether the frame was mirrored on its way out; false where the type does not tell. */
  public boolean isEgress() {
    return type == TYPE_III && (u16(TYPE_III_FLAGS) >>> 3 & 1) != 0;
  }

  /** The O flag of type III. */
  public boolean hasSubheader() {
    return type == TYPE_III && (u16(TYPE_III_FLAGS) & 1) != 0;
  }

  /** {@link #FRAME_TYPE_ETHERNET} or {@link #FRAME_TYPE_IP}: what follows. */
  public int payloadType() {
    return type == TYPE_III ? u16(TYPE_III_FLAGS) >>> 10 & 0x1F : FRAME_TYPE_ETHERNET;
  }

  @Override
  public String toString() {
    return ("ERSPAN type=%d vlan=%d cos=%d truncated=%b session=%d index=%d timestamp=%d sgt=%d"
            + " granularity=%d egress=%b subheader=%b frame-type=%d")
        .formatted(
            type,
            vlan(),
            classOfService(),
            isTruncated(),
            sessionId(),
            index(),
            timestamp(),
            securityGroup(),
            granularity(),
            isEgress(),
            hasSubheader(),
            payloadType());
  }
}
