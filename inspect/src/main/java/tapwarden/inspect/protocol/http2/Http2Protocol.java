package tapwarden.inspect.protocol.http2;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.hpack.HpackScratch;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Tells a connection by the client's preface, or by the server's settings where the server speaks
 * first, as behind an upgrade (RFC 9113 §3.4).
 */
final class Http2Protocol implements Protocol {
  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int MOST_SETTINGS = 32;
  private static final int MOST_IDENTIFIER = 16;

  private final StreamMemory memory;

  // Shared by the readers of the worker: what they hold is used within one call.
  private final HpackScratch scratch = new HpackScratch();
  private final Http2Head head = new Http2Head();
  private final Http2Head kept = new Http2Head();

  Http2Protocol(StreamMemory memory) {
    this.memory = memory;
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return isStream && (firstByte == PREFACE[0] || firstByte == 0);
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (!opening.isStream() || opening.length() == 0) {
      return Recognition.NO;
    }
    return opening.u8(0) == PREFACE[0] ? opening.begins(PREFACE) : settings(opening);
  }

  /** A frame of settings: a few of six bytes, type 4, no flag, stream 0. */
  private static Recognition settings(Opening opening) {
    int length = opening.length();
    if (opening.toServer()
        || opening.u8(0) != 0
        || (length >= 3
            && (opening.u16(1) % Http2Frame.SETTING_BYTES != 0
                || opening.u16(1) > MOST_SETTINGS * Http2Frame.SETTING_BYTES))
        || (length >= 4 && opening.u8(3) != Http2Frame.SETTINGS)) {
      return Recognition.NO;
    }
    for (int at = 4; at < Math.min(length, Http2Frame.HEAD_BYTES); at++) {
      if (opening.u8(at) != 0) {
        return Recognition.NO;
      }
    }
    int needed = Http2Frame.HEAD_BYTES + (length >= 3 && opening.u16(1) > 0 ? 2 : 0);
    if (length < needed) {
      return Recognition.MORE;
    }
    boolean known =
        needed == Http2Frame.HEAD_BYTES
            || (opening.u16(Http2Frame.HEAD_BYTES) > 0
                && opening.u16(Http2Frame.HEAD_BYTES) <= MOST_IDENTIFIER);
    return known ? Recognition.YES : Recognition.NO;
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new Http2Reader(memory, scratch, head, kept);
  }
}
