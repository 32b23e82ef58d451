package tapwarden.inspect.protocol.dns;

import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsMessage.Section;
import tapwarden.inspect.codec.dns.DnsType;
import tapwarden.inspect.json.JsonWriter;

/** The {@code grouped} object of an answer: the answers' data by type, in wire order. */
final class DnsGroups {
  private static final int[] TYPES = {
    DnsType.A,
    DnsType.AAAA,
    DnsType.CNAME,
    DnsType.MX,
    DnsType.TXT,
    DnsType.NULL,
    DnsType.PTR,
    DnsType.NS,
    DnsType.SOA,
    DnsType.SRV
  };

  private DnsGroups() {}

  static void write(JsonWriter json, DnsEve eve, DnsMessage m) {
    int first = m.first(Section.ANSWER);
    int end = first + m.count(Section.ANSWER);
    boolean open = false;
    for (int type : TYPES) {
      boolean listed = false;
      for (int e = first; e < end; e++) {
        if (m.type(e) != type || !DnsEve.hasText(m, e)) {
          continue;
        }
        if (!open) {
          json.name("grouped").beginObject();
          open = true;
        }
        if (!listed) {
          json.name(DnsType.name(type)).beginArray();
          listed = true;
        }
        switch (type) {
          case DnsType.SOA -> eve.writeSoa(json, m, e);
          case DnsType.SRV -> eve.writeSrv(json, m, e);
          default -> eve.writeText(json, m, e);
        }
      }
      if (listed) {
        json.endArray();
      }
    }
    if (open) {
      json.endObject();
    }
  }
}
