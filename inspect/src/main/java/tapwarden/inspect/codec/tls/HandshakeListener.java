package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;

/** Takes the handshake messages of one direction, each once, in the order of their last byte. */
public interface HandshakeListener {
  /**
   * A message. Its bytes may be read during the call only.
   *
   * @param type see {@link HandshakeType}
   * @param segment holds the body, without the message's header, at {@code offset}
   * @param length bytes that are there: all of a hello or certificate message within the limits,
   *     the beginning of a larger one, none of other types
   * @param announcedLength bytes that the message has
   */
  void onMessage(int type, MemorySegment segment, long offset, int length, int announcedLength);

  /**
   * A clear alert (RFC 8446 §6).
   *
   * @param level 1 warning, 2 fatal
   */
  default void onAlert(int level, int description) {}
}
