package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.codec.quic.LongHeader;
import tapwarden.inspect.codec.quic.QuicVersion;
import tapwarden.inspect.codec.tls.DtlsAssembler;
import tapwarden.inspect.codec.tls.HandshakeType;
import tapwarden.inspect.wire.Bytes;

/**
 * Whether a datagram may begin a connection of QUIC or DTLS: a cheap look, at one byte of nearly
 * all datagrams, that is worth asking the protocol itself if it says yes.
 */
final class LateHello {
  private static final int LONG_AND_FIXED = 0xC0;
  private static final int DTLS_HANDSHAKE = 22;
  private static final int DTLS_RECORD_HEADER = 13;
  private static final int DTLS_EPOCH = 3;

  private LateHello() {}

  static boolean mayBe(MemorySegment segment, long offset, int length) {
    int first = length == 0 ? 0 : Bytes.u8(segment, offset);
    if (first >= LONG_AND_FIXED) {
      return length >= LongHeader.LEAST_BYTES
          && QuicVersion.isKnown(Bytes.i32(segment, offset + 1));
    }
    return first == DTLS_HANDSHAKE
        && length > DTLS_RECORD_HEADER
        && DtlsAssembler.isDtls(segment, offset, length)
        && Bytes.u16(segment, offset + DTLS_EPOCH) == 0
        && Bytes.u8(segment, offset + DTLS_RECORD_HEADER) == HandshakeType.CLIENT_HELLO;
  }
}
