package tapwarden.inspect.codec.dns;

/** Record types and response codes by IANA's registry of DNS parameters. */
public final class DnsType {
  public static final int A = 1;
  public static final int NS = 2;
  public static final int CNAME = 5;
  public static final int SOA = 6;
  public static final int NULL = 10;
  public static final int PTR = 12;
  public static final int MX = 15;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int SRV = 33;
  public static final int DNAME = 39;
  public static final int OPT = 41;
  public static final int SSHFP = 44;
  public static final int SVCB = 64;
  public static final int HTTPS = 65;

  private static final String[] NAMES = new String[260];

  static {
    put(1, "A", "NS", "MD", "MF", "CNAME", "SOA", "MB", "MG", "MR", "NULL", "WKS", "PTR");
    put(13, "HINFO", "MINFO", "MX", "TXT", "RP", "AFSDB", "X25", "ISDN", "RT", "NSAP");
    put(23, "NSAP-PTR", "SIG", "KEY", "PX", "GPOS", "AAAA", "LOC", "NXT", "EID", "NIMLOC");
    put(33, "SRV", "ATMA", "NAPTR", "KX", "CERT", "A6", "DNAME", "SINK", "OPT", "APL", "DS");
    put(44, "SSHFP", "IPSECKEY", "RRSIG", "NSEC", "DNSKEY", "DHCID", "NSEC3", "NSEC3PARAM");
    put(52, "TLSA", "SMIMEA");
    put(55, "HIP", "NINFO", "RKEY", "TALINK", "CDS", "CDNSKEY", "OPENPGPKEY", "CSYNC", "ZONEMD");
    put(64, "SVCB", "HTTPS");
    put(99, "SPF", "UINFO", "UID", "GID", "UNSPEC", "NID", "L32", "L64", "LP", "EUI48", "EUI64");
    put(249, "TKEY", "TSIG", "IXFR", "AXFR", "MAILB", "MAILA", "ANY", "URI", "CAA", "AVC", "DOA");
  }

  private static final String[] CODES = {
    "NOERROR",
    "FORMERR",
    "SERVFAIL",
    "NXDOMAIN",
    "NOTIMP",
    "REFUSED",
    "YXDOMAIN",
    "YXRRSET",
    "NXRRSET",
    "NOTAUTH",
    "NOTZONE",
    "DSOTYPENI"
  };

  private static final String[] EXTENDED_CODES = {
    "BADVERS", "BADKEY", "BADTIME", "BADMODE", "BADNAME", "BADALG", "BADTRUNC", "BADCOOKIE"
  };

  private DnsType() {}

  private static void put(int first, String... names) {
    System.arraycopy(names, 0, NAMES, first, names.length);
  }

  /** The mnemonic, or {@code TYPE1234} where there is none (RFC 3597 §5). */
  public static String name(int type) {
    String name = type < NAMES.length ? NAMES[type] : null;
    return name == null ? "TYPE" + type : name;
  }

  /** Whether the registry knows the type. */
  public static boolean isAssigned(int type) {
    return type > 0 && type < NAMES.length && NAMES[type] != null;
  }

  /** The response code's mnemonic, or its number. */
  public static String codeName(int code) {
    if (code < CODES.length) {
      return CODES[code];
    }
    int extended = code - 16;
    return extended >= 0 && extended < EXTENDED_CODES.length
        ? EXTENDED_CODES[extended]
        : Integer.toString(code);
  }
}
