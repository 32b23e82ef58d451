package tapwarden.inspect.protocol.known;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Desktops and displays at a distance. */
public final class RemoteAccess {
  private RemoteAccess() {}

  /**
   * Remote Desktop Protocol (MS-RDPBCGR §2.2.1): an X.224 connection request or confirm in a TPKT
   * (RFC 1006 §6), with a cookie or a negotiation. ISO transport without those is none: S7comm and
   * MMS begin alike.
   */
  public static final class Rdp extends KnownProtocol {
    private static final int PORT = 3389;
    private static final BytePattern REQUEST = BytePattern.of("03 00 ?? ?? ?? E0 00 00 ?? ?? 00");
    private static final BytePattern CONFIRM =
        BytePattern.of("03 00 00 13 0E D0 00 00 ?? ?? 00 ?? ?? 08 00 ?? ?? 00 00");
    private static final Words COOKIE = Words.of("Cookie: mst", "Cookie: SDS");
    private static final int HEAD_BYTES = 11;
    private static final int NEGOTIATION_BYTES = 8;
    private static final int LARGEST_REQUEST = 0xFF + 5;

    public Rdp() {
      super("rdp", Carrier.TCP, FirstBytes.of(0x03));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition request = REQUEST.begins(opening);
      return request == Recognition.YES ? request(opening) : stronger(request, confirm(opening));
    }

    private static Recognition request(Opening opening) {
      int length = opening.u16(2);
      if (length != opening.u8(4) + 5 || length > LARGEST_REQUEST || length < HEAD_BYTES) {
        return Recognition.NO;
      }
      if (length == HEAD_BYTES) {
        return likelyOn(opening, PORT);
      }
      Recognition cookie = COOKIE.at(opening, HEAD_BYTES);
      if (cookie != Recognition.NO || length < HEAD_BYTES + NEGOTIATION_BYTES) {
        return cookie;
      }
      if (opening.length() < HEAD_BYTES + 4) {
        return Recognition.MORE;
      }
      boolean negotiation =
          opening.u8(HEAD_BYTES) == 1 && u16LittleEndian(opening, HEAD_BYTES + 2) == 8;
      return yesIf(negotiation);
    }

    /** The type is a response, 2, or a failure, 3. */
    private static Recognition confirm(Opening opening) {
      Recognition said = CONFIRM.begins(opening);
      return said == Recognition.YES
          ? yesIf(opening.u8(HEAD_BYTES) == 2 || opening.u8(HEAD_BYTES) == 3)
          : said;
    }

    private static Recognition stronger(Recognition one, Recognition other) {
      return one.compareTo(other) > 0 ? one : other;
    }
  }

  /** Remote framebuffer, as VNC speaks it (RFC 6143 §7.1.1): both sides say {@code RFB 003.008}. */
  public static final class Rfb extends KnownProtocol {
    private static final byte[] WORD = "RFB 00".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 12;

    public Rfb() {
      super("rfb", Carrier.TCP, FirstBytes.of('R'));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition word = opening.begins(WORD);
      if (word != Recognition.YES || opening.length() < LENGTH) {
        return word == Recognition.NO ? word : Recognition.MORE;
      }
      boolean version =
          Lines.afterDigits(opening, 6) == 7
              && opening.u8(7) == '.'
              && Lines.afterDigits(opening, 8) == 11;
      return yesIf(version && opening.u8(11) == '\n');
    }
  }

  /**
   * X11 (X Window System Protocol, chapter 8): byte order, version 11.0, and the lengths of an
   * authorisation's name and data; what the server says first is not looked at.
   */
  public static final class X11 extends KnownProtocol {
    private static final BytePattern LITTLE = BytePattern.of("6C 00 0B 00 00 00 ?? 00 ?? 00 00 00");
    private static final BytePattern BIG = BytePattern.of("42 00 00 0B 00 00 00 ?? 00 ?? 00 00");
    private static final Words AUTHORISATIONS =
        Words.of("MIT-MAGIC-COOKIE-1", "XDM-AUTHORIZATION-1", "SUN-DES-1", "MIT-KERBEROS-5");
    private static final int HEAD_BYTES = 12;

    public X11() {
      super("x11", Carrier.TCP, FirstBytes.of('l', 'B'));
    }

    @Override
    Recognition look(Opening opening) {
      Recognition little = LITTLE.begins(opening);
      Recognition big = little == Recognition.NO ? BIG.begins(opening) : Recognition.NO;
      if (little != Recognition.YES && big != Recognition.YES) {
        return little == Recognition.MORE ? little : big;
      }
      boolean isLittle = little == Recognition.YES;
      int name = opening.u8(isLittle ? 6 : 7);
      int data = opening.u8(isLittle ? 8 : 9);
      return name == 0 ? yesIf(data == 0) : AUTHORISATIONS.at(opening, HEAD_BYTES);
    }
  }
}
