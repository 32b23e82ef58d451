package tapwarden.inspect.wire;

import java.lang.foreign.MemorySegment;

/**
 * An SCTP common header and a cursor over the chunks behind it (RFC 9260 section 3).
 *
 * <pre>
 *  0                16               31
 * +----------------+----------------+
 * | source port    | destination    |   common header
 * +----------------+----------------+
 * | verification tag                |
 * +---------------------------------+
 * | checksum (CRC32c)               |
 * +-------+--------+----------------+
 * | type  | flags  | chunk length   |   each chunk, padded to four bytes
 * +-------+--------+----------------+
 * | DATA: transmission sequence no. |
 * +----------------+----------------+
 * | stream id      | sequence no.   |
 * +----------------+----------------+
 * | payload protocol identifier     |
 * +---------------------------------+
 * </pre>
 */
public final class SctpView {
  public static final int LENGTH = 12;
  public static final int CHUNK_HEADER_LENGTH = 4;
  public static final int DATA = 0;
  public static final int INIT = 1;
  public static final int INIT_ACK = 2;
  public static final int SACK = 3;
  public static final int HEARTBEAT = 4;
  public static final int HEARTBEAT_ACK = 5;
  public static final int ABORT = 6;
  public static final int SHUTDOWN = 7;
  public static final int SHUTDOWN_ACK = 8;
  public static final int ERROR = 9;
  public static final int COOKIE_ECHO = 10;
  public static final int COOKIE_ACK = 11;
  public static final int SHUTDOWN_COMPLETE = 14;
  private static final int SOURCE_PORT = 0;
  private static final int DESTINATION_PORT = 2;
  private static final int VERIFICATION_TAG = 4;
  private static final int CHECKSUM = 8;
  private static final int CHUNK_TYPE = 0;
  private static final int CHUNK_FLAGS = 1;
  private static final int CHUNK_LENGTH = 2;
  private static final int DATA_SEQUENCE = 4;
  private static final int DATA_STREAM = 8;
  private static final int DATA_PROTOCOL = 12;
  private static final int DATA_HEADER_LENGTH = 16;

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
  private long end;
  private long chunk;

  /** Points at the common header; the cursor stands before the first chunk. */
  public boolean wrap(MemorySegment segment, long offset, long end) {
    this.segment = segment;
    this.offset = offset;
    this.end = end;
    this.chunk = -1;
    return end - offset >= LENGTH;
  }

  public int headerLength() {
    return LENGTH;
  }

  public int sourcePort() {
    return Bytes.u16(segment, offset + SOURCE_PORT);
  }

  public int destinationPort() {
    return Bytes.u16(segment, offset + DESTINATION_PORT);
  }

  public long verificationTag() {
    return Bytes.u32(segment, offset + VERIFICATION_TAG);
  }

  public long checksum() {
    return Bytes.u32(segment, offset + CHECKSUM);
  }

  /**
   * Moves to the next chunk.
   *
   * @return false when there is none, or only one that {@link #isBroken()}
   */
  public boolean nextChunk() {
    if (isBroken()) {
      return false;
    }
    long next = chunk < 0 ? offset + LENGTH : chunk + paddedLength();
    if (end - next < CHUNK_HEADER_LENGTH) {
      return false;
    }
    chunk = next;
    return !isBroken();
  }

  /** Whether the chunk that the cursor reached is shorter than its head or runs over the end. */
  public boolean isBroken() {
    return chunk >= 0 && (chunkLength() < CHUNK_HEADER_LENGTH || chunkLength() > end - chunk);
  }

  public int chunkType() {
    return Bytes.u8(segment, chunk + CHUNK_TYPE);
  }

  public int chunkFlags() {
    return Bytes.u8(segment, chunk + CHUNK_FLAGS);
  }

  /** Bytes of the chunk with its head, without padding. */
  public int chunkLength() {
    return Bytes.u16(segment, chunk + CHUNK_LENGTH);
  }

  public long chunkOffset() {
    return chunk;
  }

  /** Whether the chunk is DATA with a whole head: what the next five accessors need. */
  public boolean isData() {
    return chunkType() == DATA && chunkLength() >= DATA_HEADER_LENGTH;
  }

  public long dataSequence() {
    return Bytes.u32(segment, chunk + DATA_SEQUENCE);
  }

  public int dataStream() {
    return Bytes.u16(segment, chunk + DATA_STREAM);
  }

  /** Payload protocol identifier: 18 is S1AP, 60 NGAP, 46 Diameter. */
  public long dataProtocol() {
    return Bytes.u32(segment, chunk + DATA_PROTOCOL);
  }

  public long dataOffset() {
    return chunk + DATA_HEADER_LENGTH;
  }

  public int dataLength() {
    return chunkLength() - DATA_HEADER_LENGTH;
  }

  private int paddedLength() {
    return chunkLength() + 3 & ~3;
  }
}
