package tapwarden.inspect.flow;

/**
 * Which ICMP types ask and answer: requests and replies of one exchange share a flow, as the
 * Community ID specification maps them; everything else is one-way.
 */
final class IcmpPairs {
  static final int ICMP = 1;
  static final int ICMPV6 = 58;

  private IcmpPairs() {}

  static boolean isIcmp(int protocol) {
    return protocol == ICMP || protocol == ICMPV6;
  }

  /** The type that answers {@code type}, or that it answers; -1 if the message is one-way. */
  static int counterpart(int protocol, int type) {
    return protocol == ICMP ? counterpart4(type) : counterpart6(type);
  }

  /** RFC 792, 950 and 1256. */
  private static int counterpart4(int type) {
    return switch (type) {
      case 0 -> 8;
      case 8 -> 0;
      case 9 -> 10;
      case 10 -> 9;
      case 13 -> 14;
      case 14 -> 13;
      case 15 -> 16;
      case 16 -> 15;
      case 17 -> 18;
      case 18 -> 17;
      default -> -1;
    };
  }

  /** RFC 4443, 2710, 4861, 4620 and 6275. */
  private static int counterpart6(int type) {
    return switch (type) {
      case 128 -> 129;
      case 129 -> 128;
      case 130 -> 131;
      case 131 -> 130;
      case 133 -> 134;
      case 134 -> 133;
      case 135 -> 136;
      case 136 -> 135;
      case 139 -> 140;
      case 140 -> 139;
      case 144 -> 145;
      case 145 -> 144;
      default -> -1;
    };
  }

  /** Whether bytes 4 and 5 of the message are an identifier that tells exchanges apart. */
  static boolean hasIdentifier(int protocol, int type) {
    if (protocol == ICMPV6) {
      return type == 128 || type == 129;
    }
    return type == 0 || type == 8 || (type >= 13 && type <= 18);
  }
}
