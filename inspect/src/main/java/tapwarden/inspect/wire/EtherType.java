package tapwarden.inspect.wire;

/**
 * Values of the Ethernet type field (IEEE 802 numbers registry of IANA). A value below {@link
 * #MINIMUM} is an IEEE 802.3 length.
 */
public final class EtherType {
  /** Largest IEEE 802.3 length; above it and below {@link #MINIMUM} nothing is defined. */
  public static final int MAXIMUM_LENGTH = 1500;

  public static final int MINIMUM = 0x0600;
  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int CDP = 0x2000;
  public static final int ERSPAN_III = 0x22EB;
  public static final int TRANSPARENT_ETHERNET_BRIDGING = 0x6558;
  public static final int RAW_FRAME_RELAY = 0x6559;
  public static final int REVERSE_ARP = 0x8035;
  public static final int VLAN = 0x8100;

  /** Web Cache Communication Protocol, in GRE only. */
  public static final int WCCP = 0x883E;

  public static final int IPV6 = 0x86DD;
  public static final int PPP = 0x880B;
  public static final int MPLS = 0x8847;
  public static final int MPLS_UPSTREAM = 0x8848;
  public static final int PPPOE_DISCOVERY = 0x8863;
  public static final int PPPOE_SESSION = 0x8864;
  public static final int JUMBO_LLC = 0x8870;
  public static final int EAPOL = 0x888E;
  public static final int PROVIDER_BRIDGING = 0x88A8;
  public static final int ERSPAN = 0x88BE;
  public static final int LLDP = 0x88CC;
  public static final int BACKBONE_BRIDGING = 0x88E7;

  /** Cisco FabricPath and its forerunner, Data Center Ethernet. */
  public static final int FABRIC_PATH = 0x8903;

  /** Cisco metadata: the security group tag of TrustSec. */
  public static final int CISCO_METADATA = 0x8909;

  public static final int VN_TAG = 0x8926;

  /** IEEE 802.1BR port extension tag. */
  public static final int E_TAG = 0x893F;

  public static final int NSH = 0x894F;
  public static final int QINQ_OLD = 0x9100;
  public static final int QINQ_OLD_2 = 0x9200;

  private EtherType() {}

  /** Whether {@code type} says that an IEEE 802.1Q tag (of whatever generation) follows. */
  public static boolean isVlanTag(int type) {
    return type == VLAN || type == PROVIDER_BRIDGING || type == QINQ_OLD || type == QINQ_OLD_2;
  }
}
