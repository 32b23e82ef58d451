package tapwarden.inspect.protocol.snmp;

/** Kinds of protocol data units by their tags (RFC 1157 §4.1, RFC 3416 §3), errors and traps. */
final class SnmpPdu {
  static final int GET = 0xA0;
  static final int RESPONSE = 0xA2;
  static final int SET = 0xA3;
  static final int TRAP_V1 = 0xA4;
  static final int GET_BULK = 0xA5;
  static final int INFORM = 0xA6;
  static final int TRAP_V2 = 0xA7;
  static final int REPORT = 0xA8;

  private static final int ENTERPRISE_SPECIFIC = 6;

  private static final String[] TYPES = {
    "get_request",
    "get_next_request",
    "response",
    "set_request",
    "trap_v1",
    "get_bulk_request",
    "inform_request",
    "trap_v2",
    "report"
  };
  private static final String[] ERRORS = {
    "noError",
    "tooBig",
    "noSuchName",
    "badValue",
    "readOnly",
    "genErr",
    "noAccess",
    "wrongType",
    "wrongLength",
    "wrongEncoding",
    "wrongValue",
    "noCreation",
    "inconsistentValue",
    "resourceUnavailable",
    "commitFailed",
    "undoFailed",
    "authorizationError",
    "notWritable",
    "inconsistentName"
  };
  private static final String[] TRAPS = {
    "coldStart",
    "warmStart",
    "linkDown",
    "linkUp",
    "authenticationFailure",
    "egpNeighborLoss",
    "enterpriseSpecific"
  };

  private SnmpPdu() {}

  static boolean isPdu(int tag) {
    return tag >= GET && tag <= REPORT;
  }

  /** Whether it tells or sets something, so that its values are of interest. */
  static boolean bearsValues(int tag) {
    return tag == SET || tag == TRAP_V1 || tag == INFORM || tag == TRAP_V2;
  }

  /** EVE's word. */
  static String type(int tag) {
    return TYPES[tag - GET];
  }

  static String error(long status) {
    return status >= 0 && status < ERRORS.length ? ERRORS[(int) status] : "unknown";
  }

  /** Name of a generic trap of version 1. */
  static String trap(long generic) {
    return generic >= 0 && generic <= ENTERPRISE_SPECIFIC ? TRAPS[(int) generic] : "unknown";
  }
}
