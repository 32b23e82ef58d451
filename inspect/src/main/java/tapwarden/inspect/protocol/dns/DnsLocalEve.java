package tapwarden.inspect.protocol.dns;

import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsMessage.Section;
import tapwarden.inspect.codec.dns.DnsType;
import tapwarden.inspect.json.JsonWriter;

/**
 * Records of multicast DNS and LLMNR, whose EVE objects name the data's field after its type.
 * Multicast DNS has a place for {@code ptr} and {@code txt} alone.
 */
final class DnsLocalEve {
  private DnsLocalEve() {}

  static void writeRecords(
      JsonWriter json, DnsEve eve, DnsKind kind, DnsMessage m, Section section, String field) {
    boolean any = false;
    for (int e = m.first(section), n = e + m.count(section); e < n; e++) {
      if (m.type(e) == DnsType.OPT) {
        continue;
      }
      if (!any) {
        json.name(field).beginArray();
        any = true;
      }
      json.beginObject();
      DnsEve.writeName(json, "rrname", m, m.nameStart(e), m.nameLength(e));
      if (kind == DnsKind.LLMNR) {
        json.field("rrtype", DnsType.name(m.type(e))).field("ttl", m.timeToLive(e));
        writeLlmnr(json, eve, m, e);
      } else if (section != Section.AUTHORITY) {
        writeMdns(json, eve, m, e);
      }
      json.endObject();
    }
    if (any) {
      json.endArray();
    }
  }

  private static void writeMdns(JsonWriter json, DnsEve eve, DnsMessage m, int e) {
    if (m.type(e) == DnsType.PTR && m.hasTarget(e)) {
      json.name("ptr");
      eve.writeText(json, m, e);
    } else if (m.type(e) == DnsType.TXT && DnsEve.hasText(m, e)) {
      json.name("txt").beginArray();
      eve.writeText(json, m, e);
      json.endArray();
    }
  }

  private static void writeLlmnr(JsonWriter json, DnsEve eve, DnsMessage m, int e) {
    String field =
        switch (m.type(e)) {
          case DnsType.A -> "a";
          case DnsType.AAAA -> "aaaa";
          case DnsType.CNAME -> "cname";
          case DnsType.MX -> "mx";
          case DnsType.NS -> "ns";
          case DnsType.NULL -> "null";
          case DnsType.PTR -> "ptr";
          default -> "";
        };
    if (!DnsEve.hasText(m, e)) {
      return;
    }
    if (!field.isEmpty()) {
      json.name(field);
      eve.writeText(json, m, e);
    } else if (m.type(e) == DnsType.TXT) {
      json.name("txt").beginArray();
      eve.writeText(json, m, e);
      json.endArray();
    }
  }
}
