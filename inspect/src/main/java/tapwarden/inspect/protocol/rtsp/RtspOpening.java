package tapwarden.inspect.protocol.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/**
 * Tells RTSP by its first line (RFC 7826 §20.2.1): {@code RTSP/1.0 200 OK}, or one of its methods
 * with an address of its scheme, or with its version at the end of the line. SIP and HTTP have
 * methods of the same names.
 */
final class RtspOpening {
  private static final byte[] RESPONSE = ascii("RTSP/");
  private static final List<byte[]> METHODS =
      List.of(
          ascii("OPTIONS "),
          ascii("DESCRIBE "),
          ascii("ANNOUNCE "),
          ascii("SETUP "),
          ascii("PLAY "),
          ascii("PAUSE "),
          ascii("TEARDOWN "),
          ascii("GET_PARAMETER "),
          ascii("SET_PARAMETER "),
          ascii("RECORD "),
          ascii("REDIRECT "),
          ascii("PLAY_NOTIFY "));
  private static final List<byte[]> SCHEMES =
      List.of(ascii("rtsp://"), ascii("rtspu://"), ascii("rtsps://"));
  private static final List<byte[]> VERSIONS = List.of(ascii(" RTSP/1.0"), ascii(" RTSP/2.0"));

  private RtspOpening() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean mayBegin(int firstByte) {
    return switch (firstByte) {
      case 'A', 'D', 'G', 'O', 'P', 'R', 'S', 'T' -> true;
      default -> false;
    };
  }

  static Recognition recognise(Opening opening) {
    Recognition response = opening.begins(RESPONSE);
    if (response == Recognition.YES) {
      return Recognition.YES;
    }
    Recognition request = Recognition.NO;
    for (byte[] method : METHODS) {
      Recognition here = opening.begins(method);
      if (here == Recognition.YES) {
        return target(opening, method.length);
      }
      request = here == Recognition.MORE ? here : request;
    }
    return response == Recognition.MORE ? response : request;
  }

  private static Recognition target(Opening opening, int start) {
    boolean mayBeScheme = false;
    for (byte[] scheme : SCHEMES) {
      Recognition here = opening.has(start, scheme);
      if (here == Recognition.YES) {
        return Recognition.YES;
      }
      mayBeScheme |= here == Recognition.MORE;
    }
    int end = start;
    while (end < opening.length() && opening.u8(end) >= ' ' && opening.u8(end) < 0x7F) {
      end++;
    }
    if (end == opening.length()) {
      return mayBeScheme || end < Opening.MOST_BYTES ? Recognition.MORE : Recognition.NO;
    }
    boolean isLine = opening.u8(end) == '\r' || opening.u8(end) == '\n';
    for (byte[] version : VERSIONS) {
      int at = end - version.length;
      if (isLine && at >= start && opening.has(at, version) == Recognition.YES) {
        return Recognition.YES;
      }
    }
    return Recognition.NO;
  }
}
