package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The first bytes that one side of a flow says, and how the flow looks: a view that is moved from
 * flow to flow. Reading outside {@link #length} throws.
 */
public final class Opening {
  /** Most bytes of a stream that are shown; with so many {@link Recognition#MORE} means no. */
  public static final int MOST_BYTES = 512;

  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private MemorySegment segment = MemorySegment.NULL;
  private long offset;
  private int length;
  private boolean stream;
  private boolean toServer;
  private int clientPort;
  private int serverPort;

  /** The flow: whether it is TCP, and its ports. */
  public Opening flow(boolean isStream, int clientPort, int serverPort) {
    this.stream = isStream;
    this.clientPort = clientPort;
    this.serverPort = serverPort;
    return this;
  }

  /** What one side says first. */
  public Opening bytes(boolean toServer, MemorySegment segment, long offset, int length) {
    this.toServer = toServer;
    this.segment = segment;
    this.offset = offset;
    this.length = length;
    return this;
  }

  /** TCP; otherwise datagrams, of which this is one. */
  public boolean isStream() {
    return stream;
  }

  /** Whether the client says it. */
  public boolean toServer() {
    return toServer;
  }

  public int clientPort() {
    return clientPort;
  }

  public int serverPort() {
    return serverPort;
  }

  /** Whether that is a port of the flow: the side taken for the client may be the server. */
  public boolean isPort(int port) {
    return serverPort == port || clientPort == port;
  }

  public MemorySegment segment() {
    return segment;
  }

  /** Of the first byte, in {@link #segment}. */
  public long offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  public int u8(int at) {
    return segment.get(ValueLayout.JAVA_BYTE, check(at, 1)) & 0xFF;
  }

  public int u16(int at) {
    return segment.get(U16, check(at, 2)) & 0xFFFF;
  }

  public long u32(int at) {
    return segment.get(U32, check(at, 4)) & 0xFFFF_FFFFL;
  }

  /**
   * Whether it begins with that word: {@link Recognition#YES}, NO, or MORE where what is there is
   * only a beginning of it.
   */
  public Recognition begins(byte[] word) {
    return has(0, word);
  }

  /** The same at a place in it. */
  public Recognition has(int at, byte[] word) {
    int shown = Math.min(word.length, length - at);
    for (int i = 0; i < shown; i++) {
      if (segment.get(ValueLayout.JAVA_BYTE, offset + at + i) != word[i]) {
        return Recognition.NO;
      }
    }
    return shown == word.length ? Recognition.YES : Recognition.MORE;
  }

  private long check(int at, int bytes) {
    if (at < 0 || at + bytes > length) {
      throw new IndexOutOfBoundsException("byte " + at + " of " + length);
    }
    return offset + at;
  }
}
