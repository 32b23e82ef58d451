package tapwarden.benchmarks.bait;

import static tapwarden.benchmarks.bait.Bytes.counted;
import static tapwarden.benchmarks.bait.Bytes.hex;
import static tapwarden.benchmarks.bait.Bytes.join;
import static tapwarden.benchmarks.bait.Bytes.repeat;
import static tapwarden.benchmarks.bait.Bytes.text;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import tapwarden.inspect.codec.dns.DnsMessage;

/** For readers of datagrams and of frames without IP. */
final class DatagramBaits {
  /** How a datagram of each protocol begins, for the inputs that every reader gets. */
  private static final Map<String, byte[]> BEGINNINGS =
      Map.of(
          "dhcp", join(hex("0101060000000001"), new byte[228], hex("63825363350101")),
          "dhcpv6", hex("01000001"),
          "nbns", hex("000100000001000000000000"),
          "ntp", hex("16020001000000000000fff0"),
          "quic", hex("c00000000108000102030405060700"),
          "sip", text("OPTIONS sip:a SIP/2.0\r\n"),
          "snmp", hex("3083007fff020101040161"),
          "ssdp", text("NOTIFY * HTTP/1.1\r\n"),
          "tftp", text("\0\1a\0octet\0"),
          "dtls", hex("16feff0000000000000000"));

  private final Readers readers;
  private final List<Bait> baits = new ArrayList<>();

  DatagramBaits(Readers readers) {
    this.readers = readers;
  }

  List<Bait> all() {
    readers
        .all()
        .forEach((word, protocol) -> {
          if (protocol.newDatagrams(null) != null) {
            everything(word, BEGINNINGS.getOrDefault(word, new byte[0]));
          }
        });
    lists();
    nests();
    dns();
    frames();
    return baits;
  }

  private void add(String word, String what, IntFunction<byte[]> said) {
    baits.add(readers.datagram(word, what, true, said));
  }

  private void everything(String word, byte[] head) {
    Map<String, byte[]> units = new TreeMap<>();
    units.put("one line", text("A"));
    units.put("line ends", text("\r\n"));
    units.put("short lines", text("X: y\r\n"));
    units.put("folded lines", text("X: y\r\n z\r\n"));
    units.put("commas", text("a,"));
    units.put("words", text("a\0"));
    units.put("zeros", new byte[1]);
    units.put("ones", hex("01"));
    units.put("all bits", hex("ff"));
    units.forEach((what, unit) -> add(word, what, n -> join(head, repeat(unit, n))));
    if (head.length > 0) {
      add(word, "its beginning again", n -> repeat(head, n));
      baits.add(readers.flow(word, "many datagrams", true, join(head, new byte[64])));
    }
  }

  private void lists() {
    byte[] dhcp = BEGINNINGS.getOrDefault("dhcp", new byte[0]);
    add("dhcp", "options", n -> join(dhcp, repeat(hex("0c0161"), n)));
    add(
        "dhcp",
        "a long list asked for",
        n -> join(dhcp, repeat(join(hex("37fa"), new byte[250]), n)));
    add("dhcpv6", "options", n -> join(hex("01000001"), repeat(hex("00060000"), n)));
    add("tftp", "options", n -> join(hex("0001"), repeat("a\0", n)));
    add("ntp", "variables", n -> join(hex("16020001000000000000"), counted(2, repeat("a=b,", n))));
    add("quic", "versions", n -> join(hex("c0 00000000 00 00"), repeat(hex("00000001"), n)));
    add("quic", "packets in one datagram", n -> repeat(hex("e0 00000001 00 00 04 00000000"), n));
    add(
        "dtls",
        "fragments of a byte",
        n -> {
          Bytes all = new Bytes();
          for (int i = 0; i < n / 26; i++) {
            byte[] part = join(new Bytes().number(i, 3).array(), hex("00000100"));
            byte[] body = join(hex("01 00ffff 0000"), part);
            all.add(hex("16feff0000000000000000")).add(counted(2, body));
          }
          return all.array();
        });
    add(
        "snmp",
        "variables",
        n -> {
          byte[] list =
              sequence(0x30, repeat(hex("300606020102"), 0), repeat(hex("300706032b06010500"), n));
          byte[] request = sequence(0xA0, hex("020101020100020100"), list);
          return sequence(0x30, hex("020101040161"), request);
        });
  }

  private static byte[] sequence(int tag, byte[]... parts) {
    byte[] head = new Bytes().number(tag, 1).number(0x83, 1).array();
    return join(head, counted(3, join(parts)));
  }

  private void nests() {
    add("snmp", "sequences in sequences", n -> nest(n, hex("3083"), 3));
    add(
        "dhcpv6",
        "relays in relays",
        n -> {
          byte[] relay = join(hex("0c00"), new byte[32], hex("0009"));
          Bytes all = new Bytes();
          for (int left = n; left > 38; left -= 38) {
            all.add(relay).number(left - 38, 2);
          }
          return all.array();
        });
  }

  private static byte[] nest(int bytes, byte[] tag, int width) {
    Bytes all = new Bytes();
    int each = tag.length + width;
    for (int left = bytes; left > each; left -= each) {
      all.add(tag).number(left - each, width);
    }
    return all.array();
  }

  /** RFC 1035 §4.1.4: names that point to names that point to names. */
  private void dns() {
    byte[] head = hex("0001 8000 0000 ffff 0000 0000");
    byte[] behind = hex("0001 0001 00000000 0000");
    Map<String, IntFunction<byte[]>> messages = new TreeMap<>();
    messages.put("records", n -> join(head, repeat(join(hex("00"), behind), n)));
    messages.put(
        "records that point to the longest name",
        n ->
            join(
                head,
                repeat(hex("0161"), 252),
                hex("00"),
                behind,
                repeat(join(hex("c00c"), behind), n)));
    messages.put(
        "records each of which points to the one before",
        n -> {
          Bytes all = new Bytes().add(head).add(hex("016100")).add(behind);
          int before = 12;
          while (all.size() < n) {
            int at = all.size();
            all.add(hex("0161")).number(0xC000 | (before & 0x3FFF), 2).add(behind);
            before = at;
          }
          return all.array();
        });
    messages.put(
        "records that point to the end of a chain",
        n -> {
          int links = 60; // A few less than are followed in one name.
          Bytes all = new Bytes().add(head);
          all.add(hex("00 0010 0001 00000000")).number(1 + 2 * links, 2);
          int before = all.size();
          all.add(hex("00"));
          for (int i = 0; i < links; i++) {
            int at = all.size();
            all.number(0xC000 | before, 2);
            before = at;
          }
          byte[] pointer = {(byte) (0xC0 | before >>> 8), (byte) before};
          return all.add(repeat(join(pointer, behind), n)).array();
        });
    DnsMessage message = new DnsMessage();
    messages.forEach((what, of) ->
        baits.add(
            new Bait(
                "dns",
                what,
                16 << 10,
                n -> {
                  byte[] bytes = of.apply(n);
                  MemorySegment segment = Arena.ofAuto().allocate(bytes.length);
                  segment.copyFrom(MemorySegment.ofArray(bytes));
                  // Records, not bytes: beyond a number of them a message is not read.
                  return () -> {
                    var _ = message.parse(segment, 0, bytes.length);
                    return message.entries();
                  };
                })));
  }

  private void frames() {
    byte[] lldp = hex("0180c200000e 020000000001 88cc 0207 04020000000001 04040561 6162 06020078");
    baits.add(readers.frame("lldp", "descriptions", n -> join(lldp, repeat(hex("0c0161"), n))));
    baits.add(
        readers.frame("lldp", "of organizations", n -> join(lldp, repeat(hex("fe0400120f00"), n))));
    byte[] cdp = hex("01000ccccccc 020000000001 05dc aaaa03 00000c2000 02b40000");
    baits.add(
        readers.frame(
            "cdp", "names", n -> join(cdp, repeat(hex("000100056 1".replace(" ", "")), n))));
    baits.add(
        readers.frame(
            "cdp",
            "addresses",
            n ->
                join(
                    cdp,
                    hex("0002"),
                    new Bytes().number(0xFFFF, 2).number(0xFFFF, 4).array(),
                    repeat(hex("0101cc000401020304"), n))));
  }
}
