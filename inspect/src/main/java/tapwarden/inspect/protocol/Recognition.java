package tapwarden.inspect.protocol;

/** What a protocol says to the first bytes of one side of a flow. */
public enum Recognition {
  /** Not this protocol, whatever follows. */
  NO,
  /** It may be: more bytes are needed. */
  MORE,
  /** It is, unless another protocol is sure. */
  LIKELY,
  /** It is. */
  YES
}
