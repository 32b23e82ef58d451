package tapwarden.capture.forge;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A DNS message (RFC 1035 §4), written section by section: question, answers, then {@link
 * #authority()} and {@link #additional()}. Names are compressed (§4.1.4) unless told otherwise.
 */
public final class DnsMessage {
  public static final int A = 1;
  public static final int NS = 2;
  public static final int CNAME = 5;
  public static final int PTR = 12;
  public static final int MX = 15;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int SRV = 33;
  public static final int OPT = 41;
  public static final int HTTPS = 65;

  private static final int INTERNET = 1;
  private static final int FLAGS = 2;
  private static final int QUESTIONS = 4;
  private static final int ANSWERS = 6;
  private static final int AUTHORITY = 8;
  private static final int ADDITIONAL = 10;
  private static final int LARGEST_POINTER = 0x3FFF;

  private final Octets out = new Octets();
  private final Map<String, Integer> suffixes = new HashMap<>();
  private final int[] counts = new int[12];
  private int section = ANSWERS;
  private boolean compressed = true;

  private DnsMessage(int identifier, int flags) {
    out.u16(identifier).u16(flags).zeros(8);
  }

  /** A recursive query with one question. */
  public static DnsMessage query(int identifier, String name, int type) {
    return new DnsMessage(identifier, 0x0100).question(name, type);
  }

  /** A recursive resolver's answer without error that repeats the question. */
  public static DnsMessage response(int identifier, String name, int type) {
    return new DnsMessage(identifier, 0x8180).question(name, type);
  }

  /** A message with these flags and nothing else. */
  public static DnsMessage empty(int identifier, int flags) {
    return new DnsMessage(identifier, flags);
  }

  /** The flags and code word as it is on the wire: 0x8183 is "no such name". */
  public DnsMessage flags(int word) {
    out.putU16(FLAGS, word);
    return this;
  }

  /** Spells all names from here on in full. */
  public DnsMessage uncompressed() {
    compressed = false;
    return this;
  }

  public DnsMessage question(String name, int type) {
    name(name).u16(type).u16(INTERNET);
    return counted(QUESTIONS);
  }

  public DnsMessage a(String name, long lifetimeSeconds, String address) {
    return record(name, A, lifetimeSeconds, Addresses.ipv4(address));
  }

  public DnsMessage aaaa(String name, long lifetimeSeconds, String address) {
    return record(name, AAAA, lifetimeSeconds, Addresses.ipv6(address));
  }

  public DnsMessage cname(String name, long lifetimeSeconds, String target) {
    return nameRecord(name, CNAME, lifetimeSeconds, target);
  }

  /** A record whose data is one name: CNAME, NS, PTR. */
  public DnsMessage nameRecord(String owner, int type, long lifetimeSeconds, String target) {
    int length = head(owner, type, INTERNET, lifetimeSeconds);
    name(target);
    return finish(length);
  }

  /** RFC 2782. The target is never compressed. */
  public DnsMessage srv(String owner, long lifetimeSeconds, int port, String target) {
    int length = head(owner, SRV, INTERNET, lifetimeSeconds);
    out.u16(0).u16(0).u16(port).bytes(spelledOut(target));
    return finish(length);
  }

  /** A record with any data. */
  public DnsMessage record(String owner, int type, long lifetimeSeconds, byte[] data) {
    int length = head(owner, type, INTERNET, lifetimeSeconds);
    out.bytes(data);
    return finish(length);
  }

  /** The EDNS pseudo-record (RFC 6891 §6.1.2), in the additional section. */
  public DnsMessage edns(int payloadBytes) {
    section = ADDITIONAL;
    int length = head("", OPT, payloadBytes, 0);
    return finish(length);
  }

  /** Records from here on belong to the authority section. */
  public DnsMessage authority() {
    section = AUTHORITY;
    return this;
  }

  /** Records from here on belong to the additional section. */
  public DnsMessage additional() {
    section = ADDITIONAL;
    return this;
  }

  /** The message as UDP carries it. */
  public byte[] toBytes() {
    return out.toArray();
  }

  /** The message after its length, as TCP carries it (RFC 1035 §4.2.2). */
  public byte[] toTcpBytes() {
    return new Octets().u16(out.length()).bytes(out.toArray()).toArray();
  }

  /** A name as labels, without compression; a backslash escapes what follows it. */
  public static byte[] spelledOut(String name) {
    Octets labels = new Octets();
    for (String rest = name; !rest.isEmpty(); rest = afterFirstLabel(rest)) {
      byte[] bytes = firstLabel(rest);
      labels.u8(bytes.length).bytes(bytes);
    }
    return labels.u8(0).toArray();
  }

  private static int endOfFirstLabel(String name) {
    int at = 0;
    while (at < name.length() && name.charAt(at) != '.') {
      at += name.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, name.length());
  }

  private static byte[] firstLabel(String name) {
    String label = name.substring(0, endOfFirstLabel(name));
    return label.replaceAll("\\\\(.)", "$1").getBytes(StandardCharsets.UTF_8);
  }

  private static String afterFirstLabel(String name) {
    return name.substring(Math.min(name.length(), endOfFirstLabel(name) + 1));
  }

  private int head(String owner, int type, int recordClass, long lifetimeSeconds) {
    name(owner).u16(type).u16(recordClass).u32(lifetimeSeconds).u16(0);
    return out.length() - 2;
  }

  private DnsMessage finish(int lengthOffset) {
    out.putU16(lengthOffset, out.length() - lengthOffset - 2);
    return counted(section);
  }

  private DnsMessage counted(int countOffset) {
    out.putU16(countOffset, ++counts[countOffset]);
    return this;
  }

  private Octets name(String name) {
    String rest = name;
    while (!rest.isEmpty()) {
      String key = rest.toLowerCase(Locale.ROOT);
      Integer known = compressed ? suffixes.get(key) : null;
      if (known != null) {
        return out.u16(0xC000 | known);
      }
      if (out.length() <= LARGEST_POINTER) {
        suffixes.putIfAbsent(key, out.length());
      }
      byte[] label = firstLabel(rest);
      out.u8(label.length).bytes(label);
      rest = afterFirstLabel(rest);
    }
    return out.u8(0);
  }
}
