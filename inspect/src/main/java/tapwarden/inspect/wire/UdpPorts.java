package tapwarden.inspect.wire;

/** UDP ports on which another packet may be carried (Service Name and Port Number Registry). */
public final class UdpPorts {
  public static final int L2TP = 1701;
  public static final int GTP_CONTROL = 2123;
  public static final int GTP_USER = 2152;
  public static final int TEREDO = 3544;
  public static final int VXLAN = 4789;
  public static final int VXLAN_GPE = 4790;
  public static final int CAPWAP_DATA = 5247;
  public static final int GENEVE = 6081;

  /** ESP behind address translation (RFC 3948). */
  public static final int ESP = 4500;

  /** GRE in UDP (RFC 8086). */
  public static final int GRE = 4754;

  /** MPLS in UDP (RFC 7510). */
  public static final int MPLS = 6635;

  /** Linux's default for VXLAN, older than the assignment of 4789. */
  public static final int VXLAN_LINUX = 8472;

  public static final int TZSP = 37008;

  /** One bit for the low six bits of each port above: refuses most other ports at once. */
  private static final long LOW_BITS =
      1L << (L2TP & 63)
          | 1L << (GTP_CONTROL & 63)
          | 1L << (GTP_USER & 63)
          | 1L << (TEREDO & 63)
          | 1L << (VXLAN & 63)
          | 1L << (VXLAN_GPE & 63)
          | 1L << (CAPWAP_DATA & 63)
          | 1L << (GENEVE & 63)
          | 1L << (VXLAN_LINUX & 63)
          | 1L << (TZSP & 63)
          | 1L << (ESP & 63)
          | 1L << (GRE & 63)
          | 1L << (MPLS & 63);

  private UdpPorts() {}

  /** Whether either port is one on which a tunnel may run; the content decides. */
  public static boolean mayCarryTunnel(int sourcePort, int destinationPort) {
    return ((LOW_BITS >>> sourcePort | LOW_BITS >>> destinationPort) & 1) != 0
        && (isTunnel(sourcePort) || isTunnel(destinationPort));
  }

  /** Whether {@code port} is one of the above. */
  public static boolean isTunnel(int port) {
    return switch (port) {
      case L2TP,
          GTP_CONTROL,
          GTP_USER,
          TEREDO,
          VXLAN,
          VXLAN_GPE,
          CAPWAP_DATA,
          GENEVE,
          VXLAN_LINUX,
          TZSP,
          ESP,
          GRE,
          MPLS ->
          true;
      default -> false;
    };
  }
}
