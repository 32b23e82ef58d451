package tapwarden.inspect.protocol;

/** Whom a fact is about. */
public enum Side {
  /** Who opened the flow. */
  CLIENT,
  /** Who was addressed. */
  SERVER,
  /** The device that has the source hardware address of the packet at hand. */
  SENDING_DEVICE;

  public static Side of(boolean toServer) {
    return toServer ? CLIENT : SERVER;
  }
}
