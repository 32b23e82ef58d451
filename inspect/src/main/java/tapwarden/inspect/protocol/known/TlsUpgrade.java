package tapwarden.inspect.protocol.known;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.wire.Bytes;

/**
 * Waits for a client that goes over to TLS within a connection of another protocol, as after
 * STARTTLS or the SSLRequest of a database: for a segment that begins with the record of a
 * ClientHello (RFC 8446 §5.1). Looks no further than that happens.
 */
final class TlsUpgrade implements StreamReader {
  /** What a client says before it goes over to TLS, if ever. */
  static final int MOST_CLIENT_BYTES = 8 << 10;

  /** What a server says before: certificates are no part of it. */
  static final int MOST_SERVER_BYTES = 32 << 10;

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int HEADER = 5;

  private int clientBytes;
  private int serverBytes;

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    if (!toServer) {
      serverBytes += Math.min(length, MOST_SERVER_BYTES);
      return isOpen();
    }
    if (clientBytes > 0 && beginsTls(segment, offset, length)) {
      report.handOver(0);
      return true;
    }
    clientBytes += Math.min(length, MOST_CLIENT_BYTES);
    return isOpen();
  }

  private boolean isOpen() {
    return clientBytes < MOST_CLIENT_BYTES && serverBytes < MOST_SERVER_BYTES;
  }

  private static boolean beginsTls(MemorySegment segment, long offset, int length) {
    return length > HEADER
        && Bytes.u8(segment, offset) == HANDSHAKE
        && Bytes.u8(segment, offset + 1) == 3
        && Bytes.u8(segment, offset + 2) <= 3
        && Bytes.u8(segment, offset + HEADER) == CLIENT_HELLO;
  }

  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    return isOpen();
  }

  @Override
  public void close(Report report) {}
}
