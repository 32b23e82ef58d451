package tapwarden.inspect.protocol;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;

/** One worker's analyser of a protocol: says what is the protocol's, and makes readers for it. */
public interface Protocol {
  /**
   * Whether the first bytes that one side of a flow says are this protocol's. Asked for either
   * side, in the order in which they speak, until one protocol says yes. Must not keep anything,
   * and must tell by content; a port may only confirm.
   */
  Recognition recognise(Opening opening);

  /**
   * Whether {@link #recognise} may say anything but no to bytes that begin so. Asked once for each
   * value when a worker starts: most protocols are then never asked about most flows.
   *
   * @param isStream TCP, or a datagram
   * @param firstByte 0 to 255
   */
  default boolean mayBegin(boolean isStream, int firstByte) {
    return true;
  }

  /**
   * A reader for one TCP connection.
   *
   * @param note what {@link Report#expect} said of it, or null
   * @return null if there is nothing to read beyond the name
   */
  default @Nullable StreamReader newStream(@Nullable Object note) {
    return null;
  }

  /**
   * A reader for one flow of datagrams.
   *
   * @param note what {@link Report#expect} said of it, or null
   * @return null if there is nothing to read beyond the name
   */
  default @Nullable DatagramReader newDatagrams(@Nullable Object note) {
    return null;
  }

  /** The layers ({@link tapwarden.inspect.decode.Layer#bit}) of which {@link #frame} is to hear. */
  default long frameLayers() {
    return 0;
  }

  /** A frame without IP that has one of {@link #frameLayers}. */
  default void frame(Report report, Packet packet) {}
}
