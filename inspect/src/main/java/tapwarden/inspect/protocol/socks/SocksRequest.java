package tapwarden.inspect.protocol.socks;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.SaidHost;
import tapwarden.inspect.wire.Bytes;

/** Where to: an address or a name, and a port; of a request, a reply or a datagram. */
final class SocksRequest {
  static final int CONNECT = 1;
  static final int BIND = 2;
  static final int UDP_ASSOCIATE = 3;
  static final int LONGEST_TEXT = 255;

  private static final int TYPE_IPV4 = 1;
  private static final int TYPE_NAME = 3;
  private static final int TYPE_IPV6 = 4;
  private static final byte[] NOTHING = {};

  private int ipVersion;
  private long high;
  private long low;
  private byte[] name = NOTHING;
  private int port;

  /**
   * Bytes of an address of version 5 with the port behind it (RFC 1928 §5), its type included.
   *
   * @return as far as what is there tells, at least 2; 0 for a type that does not exist
   */
  static int bytesOfAddress(MemorySegment segment, long at, int there) {
    if (there < 1) {
      return 2;
    }
    return switch (Bytes.u8(segment, at)) {
      case TYPE_IPV4 -> 1 + 4 + 2;
      case TYPE_IPV6 -> 1 + 16 + 2;
      case TYPE_NAME -> there < 2 ? 2 : 1 + 1 + Bytes.u8(segment, at + 1) + 2;
      default -> 0;
    };
  }

  /** Reads an address of version 5 that is there as a whole; how long it was. */
  int address5(MemorySegment segment, long at) {
    int bytes = bytesOfAddress(segment, at, 2);
    switch (Bytes.u8(segment, at)) {
      case TYPE_IPV4 -> ipv4(Bytes.u32(segment, at + 1));
      case TYPE_IPV6 -> ip(6, Bytes.i64(segment, at + 1), Bytes.i64(segment, at + 9));
      default -> name(segment, at + 2, Bytes.u8(segment, at + 1));
    }
    port = Bytes.u16(segment, at + bytes - 2);
    return bytes;
  }

  void port(int value) {
    port = value;
  }

  void ipv4(long address) {
    ip(4, 0, address);
  }

  private void ip(int version, long highHalf, long lowHalf) {
    ipVersion = version;
    high = highHalf;
    low = lowHalf;
    name = NOTHING;
  }

  void name(MemorySegment segment, long at, int length) {
    ipVersion = 0;
    name = segment.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** 4, 6, or 0 for a name. */
  int ipVersion() {
    return ipVersion;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }

  boolean isUnspecified() {
    return ipVersion != 0 && high == 0 && low == 0;
  }

  byte[] name() {
    return name;
  }

  int port() {
    return port;
  }

  /** Tells whom a proxy is asked for: a name, or an address, which may be written out. */
  void tell(Report report) {
    if (ipVersion == 0) {
      SaidHost.tell(report, NameSource.OTHER, name, 0, name.length, port);
    } else if (!isUnspecified()) {
      report.address(NameSource.OTHER, ipVersion, high, low, port);
    }
  }
}
