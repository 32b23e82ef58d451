package tapwarden.inspect.explain;

import java.util.Arrays;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsMessage.Section;
import tapwarden.inspect.codec.dns.DnsType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.IpProtocol;

/**
 * Explains a DNS, multicast DNS or LLMNR message that UDP carries, or one of DNS that stands behind
 * its length at the beginning of a TCP segment (RFC 1035 section 4.2.2).
 */
final class DnsExplainer {
  static final String ID = "dns";

  private static final int LENGTH_BYTES = 2;
  private static final int DNS = 53;
  private static final int MDNS = 5353;
  private static final int LLMNR = 5355;

  /** RFC 6762 section 10.2: this record set replaces what is cached. */
  private static final int CACHE_FLUSH = 0x8000;

  private final DnsMessage message = new DnsMessage();

  /** Whether the packet's ports say that its payload is such a message. */
  static boolean applies(Packet packet) {
    return (packet.protocol() == IpProtocol.UDP || isStream(packet))
        && packet.hasPorts()
        && !(packet.isFragment() && !packet.isFirstFragment())
        && packet.payloadLength() > 0
        && (isDnsPort(packet.sourcePort()) || isDnsPort(packet.destinationPort()));
  }

  private static boolean isStream(Packet packet) {
    return packet.protocol() == IpProtocol.TCP
        && packet.hasPorts()
        && (packet.sourcePort() == DNS || packet.destinationPort() == DNS);
  }

  private static boolean isDnsPort(int port) {
    return port == DNS || port == MDNS || port == LLMNR;
  }

  static String title(Packet packet) {
    if (packet.sourcePort() == MDNS || packet.destinationPort() == MDNS) {
      return "Multicast DNS";
    }
    return packet.sourcePort() == LLMNR || packet.destinationPort() == LLMNR ? "LLMNR" : "DNS";
  }

  /**
   * Adds every field.
   *
   * @return how many bytes of the payload are explained; 0 if it is no such message
   */
  int explain(Packet packet, Fields out) {
    long offset = packet.payloadOffset();
    int length = packet.payloadLength();
    if (isStream(packet)) {
      if (length <= LENGTH_BYTES) {
        return 0;
      }
      int announced = Bytes.u16(packet.segment(), offset);
      length = Math.min(announced, length - LENGTH_BYTES);
      if (!message.parse(packet.segment(), offset + LENGTH_BYTES, length)) {
        return 0;
      }
      out.count("Length", announced, "bytes");
      fields(out);
      return LENGTH_BYTES + length;
    }
    if (!message.parse(packet.segment(), offset, length)) {
      return 0;
    }
    fields(out);
    return length;
  }

  private void fields(Fields out) {
    out.hex("Id", message.id(), 4)
        .hex("Flags", message.flags(), 4, message.isResponse() ? "a response" : "a query")
        .number("Operation", message.opcode(), operation(message.opcode()))
        .flag("Authoritative", message.isAuthoritative(), "the server owns the zone")
        .flag("Truncated", message.isTruncated(), "the rest must be asked for over TCP")
        .flag("Recursion desired", message.recursionDesired(), "the server is to find the answer")
        .flag("Recursion available", message.recursionAvailable(), "the server does find answers")
        .number("Response code", message.responseCode(), code(message.responseCode()));
    for (int entry = 0; entry < message.entries(); entry++) {
      if (message.section(entry) == Section.QUESTION) {
        question(out, entry);
      } else {
        record(out, entry);
      }
    }
    if (!message.isWhole()) {
      out.add("Rest", "not readable", "the message is cut or broken here");
    }
  }

  private static String operation(int opcode) {
    return switch (opcode) {
      case 0 -> "standard query";
      case 1 -> "inverse query";
      case 2 -> "server status";
      case 4 -> "notify";
      case 5 -> "update";
      case 6 -> "stateful operation";
      default -> "";
    };
  }

  private String code(int code) {
    return message.isResponse() ? DnsType.codeName(code) + codeMeaning(code) : "";
  }

  private static String codeMeaning(int code) {
    return switch (code) {
      case 0 -> ", no error";
      case 1 -> ", the query could not be read";
      case 2 -> ", the server failed";
      case 3 -> ", the name does not exist";
      case 4 -> ", not implemented";
      case 5 -> ", refused";
      default -> "";
    };
  }

  private String text(int start, int length) {
    return length == 0
        ? "the root"
        : WireText.quoted(Arrays.copyOfRange(message.names(), start, start + length));
  }

  private String owner(int entry) {
    return text(message.nameStart(entry), message.nameLength(entry));
  }

  private void question(Fields out, int entry) {
    out.add(
        "Question",
        owner(entry),
        DnsType.name(message.type(entry)) + ", " + className(message.dnsClass(entry)));
  }

  private static String className(int dnsClass) {
    return switch (dnsClass & ~CACHE_FLUSH) {
      case 1 -> "internet";
      case 3 -> "Chaos";
      case 4 -> "Hesiod";
      case 254 -> "none";
      case 255 -> "any class";
      default -> "class " + dnsClass;
    };
  }

  private void record(Fields out, int entry) {
    int type = message.type(entry);
    String name =
        switch (message.section(entry)) {
          case ANSWER -> "Answer";
          case AUTHORITY -> "Authority";
          default -> "Additional";
        };
    if (type == DnsType.OPT) {
      out.add(
          name, "EDNS", "answers of up to " + message.ednsPayloadSize() + " bytes are accepted");
      return;
    }
    String head = owner(entry) + " " + DnsType.name(type);
    Fields parts = out.group(name, head, "");
    parts
        .add("Class", className(message.dnsClass(entry)))
        .count("Time to live", message.timeToLive(entry), "s");
    data(parts, entry, type);
  }

  private void data(Fields parts, int entry, int type) {
    if (message.addressVersion(entry) != 0) {
      parts.ip(
          "Address",
          message.addressVersion(entry),
          message.addressHigh(entry),
          message.addressLow(entry));
      return;
    }
    if (message.hasTarget(entry)) {
      if (type == DnsType.MX && message.dataLength(entry) >= 2) {
        parts.number("Preference", message.data16(entry, 0));
      } else if (type == DnsType.SRV && message.dataLength(entry) >= 6) {
        parts
            .number("Priority", message.data16(entry, 0))
            .number("Weight", message.data16(entry, 2))
            .number("Port", message.data16(entry, 4), PortNames.of(message.data16(entry, 4)));
      }
      parts.add("Name", text(message.targetStart(entry), message.targetLength(entry)));
      return;
    }
    long offset = message.dataOffset(entry);
    int length = message.dataLength(entry);
    parts.add(
        "Data",
        type == DnsType.TXT
            ? WireText.quoted(message.segment(), offset, length)
            : WireText.hex(message.segment(), offset, length));
  }
}
