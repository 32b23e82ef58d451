package tapwarden.capture.forge;

/**
 * The one's complement checksum of IPv4, ICMP, UDP and TCP (RFC 1071), over the concatenation of
 * the parts.
 */
public final class InternetChecksum {
  private InternetChecksum() {}

  public static int of(byte[]... parts) {
    long sum = 0;
    int position = 0;
    for (byte[] part : parts) {
      for (byte b : part) {
        int value = b & 0xFF;
        sum += (position++ & 1) == 0 ? value << 8 : value;
      }
    }
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (int) (~sum & 0xFFFF);
  }
}
