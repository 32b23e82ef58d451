package tapwarden.inspect.codec.tls;

/** How far the clear handshake of one direction is. */
public enum HandshakeState {
  /** More bytes are needed. */
  WANTS_MORE,
  /** The clear part is over: encrypted from here on, or closed by a fatal alert. */
  DONE,
  /** These bytes are no TLS. */
  VIOLATED,
  /** TLS, but longer than the limits: what was delivered stands, nothing more is read. */
  LIMITED
}
