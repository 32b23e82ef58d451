package tapwarden.inspect.protocol.dhcpv6;

/** Numbers in network byte order in an array. */
final class Wire {
  private static final int BITS_IN_OCTET = 8;

  private Wire() {}

  static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  static long u32(byte[] bytes, int at) {
    return (long) u16(bytes, at) << 16 | u16(bytes, at + 2);
  }

  /** The 64 bits as they are: half an address. */
  static long i64(byte[] bytes, int at) {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << BITS_IN_OCTET | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
