package tapwarden.inspect.protocol.known;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Files and procedures of other machines. */
public final class FileSharing {
  private FileSharing() {}

  /**
   * Server Message Block 1 to 3 in NetBIOS session messages (RFC 1002 §4.3; MS-SMB2 §2.1), or the
   * request for such a session.
   */
  public static final class Smb extends KnownProtocol {
    /** Versions 1, 2 and 3, encrypted and compressed, behind type and length. */
    private static final BytePattern[] MESSAGES = {
      BytePattern.of("00 ?? ?? ?? FF 53 4D 42"),
      BytePattern.of("00 ?? ?? ?? FE 53 4D 42 40 00"),
      BytePattern.of("00 ?? ?? ?? FD 53 4D 42"),
      BytePattern.of("00 ?? ?? ?? FC 53 4D 42"),
    };

    private static final BytePattern SESSION_REQUEST = BytePattern.of("81 00 00 44 20");
    private static final int NAME_BYTES = 32;
    private static final int SMALLEST_MESSAGE = 32;

    public Smb() {
      super("smb", Carrier.TCP, FirstBytes.of(0x00, 0x81));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition request = SESSION_REQUEST.begins(opening);
      if (request != Recognition.NO) {
        return request == Recognition.YES ? names(opening) : request;
      }
      for (BytePattern message : MESSAGES) {
        Recognition said = message.begins(opening);
        if (said == Recognition.YES) {
          return yesIf((opening.u32(0) & 0xFF_FFFF) >= SMALLEST_MESSAGE);
        }
        if (said == Recognition.MORE) {
          return said;
        }
      }
      return Recognition.NO;
    }

    /** The called name: half bytes as letters from A to P (RFC 1001 §14.1). */
    private static Recognition names(Opening opening) {
      int from = SESSION_REQUEST.length();
      int to = Math.min(opening.length(), from + NAME_BYTES);
      for (int at = from; at < to; at++) {
        if (opening.u8(at) < 'A' || opening.u8(at) > 'P') {
          return Recognition.NO;
        }
      }
      return to == from + NAME_BYTES ? Recognition.YES : Recognition.MORE;
    }
  }

  /**
   * DCE remote procedure calls (C706 chapter 12): over TCP a bind, its answer or a change of
   * context; over UDP any packet of version 4 that is as long as it says.
   */
  public static final class Dcerpc extends KnownProtocol {
    private static final int BIND = 11;
    private static final int BIND_ACK = 12;
    private static final int BIND_NAK = 13;
    private static final int ALTER_CONTEXT = 14;
    private static final int HEAD_BYTES = 16;
    private static final int DATAGRAM_HEAD_BYTES = 80;
    private static final int MOST_DATAGRAM_TYPE = 10;
    private static final int LITTLE_ENDIAN = 0x10;

    public Dcerpc() {
      super("dcerpc", Carrier.BOTH, FirstBytes.of(4, 5));
    }

    @Override
    Recognition look(Opening opening) {
      return opening.isStream() ? connection(opening) : datagram(opening);
    }

    private static Recognition connection(Opening opening) {
      int shown = opening.length();
      boolean fits =
          opening.u8(0) == 5
              && (shown <= 1 || opening.u8(1) <= 1)
              && (shown <= 2 || isType(opening.u8(2)))
              && (shown <= 4 || isRepresentation(opening, 4, Math.min(shown, 8)));
      if (!fits || shown < HEAD_BYTES) {
        return fits ? Recognition.MORE : Recognition.NO;
      }
      int fragment = u16(opening, 8, opening.u8(4));
      int authentication = u16(opening, 10, opening.u8(4));
      return yesIf(fragment >= HEAD_BYTES + 8 && authentication <= fragment - HEAD_BYTES);
    }

    private static boolean isType(int type) {
      return type == BIND || type == BIND_ACK || type == BIND_NAK || type == ALTER_CONTEXT;
    }

    private static Recognition datagram(Opening opening) {
      if (opening.length() < DATAGRAM_HEAD_BYTES
          || opening.u8(0) != 4
          || opening.u8(1) > MOST_DATAGRAM_TYPE
          || !isRepresentation(opening, 4, 7)) {
        return Recognition.NO;
      }
      return yesIf(u16(opening, 74, opening.u8(4)) == opening.length() - DATAGRAM_HEAD_BYTES);
    }

    /** ASCII and IEEE floating point, integers in either order; two bytes of nothing. */
    private static boolean isRepresentation(Opening opening, int from, int to) {
      if (opening.u8(from) != LITTLE_ENDIAN && opening.u8(from) != 0) {
        return false;
      }
      for (int at = from + 1; at < to; at++) {
        if (opening.u8(at) != 0) {
          return false;
        }
      }
      return true;
    }

    private static int u16(Opening opening, int at, int representation) {
      return representation == LITTLE_ENDIAN ? u16LittleEndian(opening, at) : opening.u16(at);
    }
  }

  /** The rsync daemon: both sides say {@code @RSYNCD: 31.0} first. */
  public static final class Rsync extends KnownProtocol {
    private static final byte[] WORD = "@RSYNCD: ".getBytes(StandardCharsets.US_ASCII);

    public Rsync() {
      super("rsync", Carrier.TCP, FirstBytes.of('@'));
    }

    @Override
    Recognition look(Opening opening) {
      return opening.begins(WORD);
    }
  }
}
