package tapwarden.inspect.codec.hpack;

/** Hears the fields of a header block, in order. The arrays are valid during the call only. */
public interface HeaderListener {
  void field(
      byte[] name, int nameStart, int nameLength, byte[] value, int valueStart, int valueLength);
}
