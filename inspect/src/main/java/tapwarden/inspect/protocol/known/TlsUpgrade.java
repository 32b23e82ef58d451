package tapwarden.inspect.protocol.known;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.wire.Bytes;

/**
 * Waits for a client that goes over to TLS within a connection of another protocol, as after
 * STARTTLS or the SSLRequest of a database: for the beginning of a record with a ClientHello (RFC
 * 8446 §5.1), whatever segments it comes in. Looks no further than that happens.
 */
final class TlsUpgrade implements StreamReader {
  /** What a client says before it goes over to TLS, if ever. */
  static final int MOST_CLIENT_BYTES = 8 << 10;

  /** What a server says before: certificates are no part of it. */
  static final int MOST_SERVER_BYTES = 32 << 10;

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int MOST_RECORD_BYTES = 1 << 14;

  /** A record's header, and the type of the message in it. */
  private static final int SHOWN = 6;

  private static final byte[] NOTHING = {};

  private int clientBytes;
  private int serverBytes;

  /** What the client said last: eight bytes of it. */
  private long last;

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    if (!toServer) {
      serverBytes += Math.min(length, MOST_SERVER_BYTES);
      return isOpen();
    }
    int most = Math.min(length, MOST_CLIENT_BYTES - clientBytes);
    for (int i = 0; i < most; i++) {
      last = last << Byte.SIZE | Bytes.u8(segment, offset + i);
      clientBytes++;
      if (clientBytes > SHOWN && isHello(last)) {
        handOver(report, i + 1);
        return true;
      }
    }
    return isOpen();
  }

  /** Hands over from where the record begins, which may be in what came before. */
  private void handOver(Report report, int length) {
    int count = Math.max(0, SHOWN - length);
    byte[] before = count == 0 ? NOTHING : new byte[count];
    for (int i = 0; i < count; i++) {
      before[i] = (byte) (last >>> (Byte.SIZE * (SHOWN - 1 - i)));
    }
    report.handOver(Math.max(0, length - SHOWN), before);
  }

  private boolean isOpen() {
    return clientBytes < MOST_CLIENT_BYTES && serverBytes < MOST_SERVER_BYTES;
  }

  private static boolean isHello(long bytes) {
    int record = (int) (bytes >>> Byte.SIZE) & 0xFFFF;
    return (bytes >>> 40 & 0xFF) == HANDSHAKE
        && (bytes >>> 32 & 0xFF) == 3
        && (bytes >>> 24 & 0xFF) <= 3
        && record > 0
        && record <= MOST_RECORD_BYTES
        && (bytes & 0xFF) == CLIENT_HELLO;
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    if (toServer) {
      last = 0;
    }
    return isOpen();
  }

  @Override
  public void close(Report report) {}
}
