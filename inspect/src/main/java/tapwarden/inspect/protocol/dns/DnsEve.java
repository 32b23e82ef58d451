package tapwarden.inspect.protocol.dns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.codec.dns.DnsMessage.Section;
import tapwarden.inspect.codec.dns.DnsType;
import tapwarden.inspect.json.JsonWriter;

/**
 * DNS messages in EVE JSON. Version 2, the default, is what log shippers read: one event a query
 * with the name at the top of {@code dns}, one event an answer message. Version 3 has one event a
 * message with lists. Multicast DNS and LLMNR have one shape.
 *
 * <p>{@code answers} and {@code grouped} are the answer section and nothing else: the address of a
 * name server in {@code additionals} is no answer to what was asked. Bytes of a name that are not
 * UTF-8 are written as {@code \xNN}, as Suricata does, so that two names of a tunnel stay two.
 *
 * <p>The caller writes what every event has (timestamp, flow_id, tuple, {@code event_type}: {@link
 * DnsKind#word()}) and calls {@link #write} for each of {@link #events}. An instance is used by one
 * thread.
 */
public final class DnsEve {
  /** Shape of the {@code dns} object. */
  public enum Version {
    V2,
    V3
  }

  private static final int DATA_SHOWN = 1_024;

  private final Version version;
  private final byte[] scratch = new byte[DATA_SHOWN];

  public DnsEve(Version version) {
    this.version = version;
  }

  /** How many events the message makes: in version 2 a query makes one a question. */
  public int events(DnsKind kind, DnsMessage message) {
    if (kind == DnsKind.DNS && version == Version.V2 && !message.isResponse()) {
      return message.count(Section.QUESTION);
    }
    return 1;
  }

  /**
   * Writes the field {@code dns}, {@code mdns} or {@code llmnr} of the message's event {@code
   * index}.
   *
   * @param transaction number of the exchange within its flow, from 0
   */
  public void write(
      JsonWriter json, DnsKind kind, DnsMessage message, int index, long transaction) {
    json.name(kind.word()).beginObject();
    if (kind != DnsKind.DNS) {
      writeLocal(json, kind, message, transaction);
    } else if (version == Version.V3) {
      writeV3(json, message, transaction);
    } else if (message.isResponse()) {
      writeAnswerV2(json, message);
    } else {
      writeQueryV2(json, message, index, transaction);
    }
    json.endObject();
  }

  private void writeQueryV2(JsonWriter json, DnsMessage m, int question, long transaction) {
    json.field("version", 2).field("type", "query").field("id", m.id());
    writeName(json, "rrname", m, m.nameStart(question), m.nameLength(question));
    json.field("rrtype", DnsType.name(m.type(question)));
    json.field("tx_id", transaction).field("opcode", m.opcode());
    if (question == 0) {
      // Rare: dynamic updates (RFC 2136) carry records in the request, and so do covert channels.
      writeAllRecords(json, m);
    }
  }

  private void writeAnswerV2(JsonWriter json, DnsMessage m) {
    json.field("version", 2).field("type", "answer").field("id", m.id());
    writeFlags(json, m);
    json.field("opcode", m.opcode());
    if (m.count(Section.QUESTION) > 0) {
      writeName(json, "rrname", m, m.nameStart(0), m.nameLength(0));
      json.field("rrtype", DnsType.name(m.type(0)));
    }
    json.field("rcode", DnsType.codeName(m.responseCode()));
    writeAllRecords(json, m);
    DnsGroups.write(json, this, m);
  }

  private void writeV3(JsonWriter json, DnsMessage m, long transaction) {
    json.field("version", 3).field("type", m.isResponse() ? "response" : "request");
    json.field("tx_id", transaction).field("id", m.id());
    if (m.isResponse()) {
      writeFlags(json, m);
      json.field("rcode", DnsType.codeName(m.responseCode()));
    }
    json.field("opcode", m.opcode());
    writeQuestions(json, m);
    writeAllRecords(json, m);
    DnsGroups.write(json, this, m);
  }

  private void writeLocal(JsonWriter json, DnsKind kind, DnsMessage m, long transaction) {
    json.field("type", m.isResponse() ? "response" : "request").field("id", m.id());
    if (kind == DnsKind.LLMNR) {
      json.field("tx_id", transaction);
    } else {
      json.field("rcode", m.responseCode());
    }
    json.field("opcode", m.opcode());
    writeQuestions(json, m);
    DnsLocalEve.writeRecords(json, this, kind, m, Section.ANSWER, "answers");
    DnsLocalEve.writeRecords(json, this, kind, m, Section.AUTHORITY, "authorities");
    DnsLocalEve.writeRecords(json, this, kind, m, Section.ADDITIONAL, "additionals");
  }

  private static void writeFlags(JsonWriter json, DnsMessage m) {
    json.field("flags", Integer.toHexString(m.flags()).toLowerCase(Locale.ROOT));
    json.field("qr", true);
    writeBit(json, "aa", m.isAuthoritative());
    writeBit(json, "tc", m.isTruncated());
    writeBit(json, "rd", m.recursionDesired());
    writeBit(json, "ra", m.recursionAvailable());
    writeBit(json, "z", m.reservedBit());
  }

  private static void writeBit(JsonWriter json, String name, boolean set) {
    if (set) {
      json.field(name, true);
    }
  }

  private static void writeQuestions(JsonWriter json, DnsMessage m) {
    int count = m.count(Section.QUESTION);
    if (count == 0) {
      return;
    }
    json.name("queries").beginArray();
    for (int q = 0; q < count; q++) {
      json.beginObject();
      writeName(json, "rrname", m, m.nameStart(q), m.nameLength(q));
      json.field("rrtype", DnsType.name(m.type(q))).endObject();
    }
    json.endArray();
  }

  private void writeAllRecords(JsonWriter json, DnsMessage m) {
    writeRecords(json, m, Section.ANSWER, "answers");
    writeRecords(json, m, Section.AUTHORITY, "authorities");
    writeRecords(json, m, Section.ADDITIONAL, "additionals");
  }

  private void writeRecords(JsonWriter json, DnsMessage m, Section section, String field) {
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
      writeName(json, "rrname", m, m.nameStart(e), m.nameLength(e));
      json.field("rrtype", DnsType.name(m.type(e))).field("ttl", m.timeToLive(e));
      writeData(json, m, e);
      json.endObject();
    }
    if (any) {
      json.endArray();
    }
  }

  private void writeData(JsonWriter json, DnsMessage m, int e) {
    switch (m.type(e)) {
      case DnsType.SOA -> {
        if (m.hasTarget(e)) {
          json.name("soa");
          writeSoa(json, m, e);
        }
      }
      case DnsType.SRV -> {
        if (m.hasTarget(e)) {
          json.name("srv");
          writeSrv(json, m, e);
        }
      }
      default -> {
        if (hasText(m, e)) {
          json.name("rdata");
          writeText(json, m, e);
        }
      }
    }
  }

  /** Whether the record's data can be written as one string. */
  static boolean hasText(DnsMessage m, int e) {
    return m.addressVersion(e) != 0
        || m.hasTarget(e)
        || ((m.type(e) == DnsType.TXT || m.type(e) == DnsType.NULL) && m.dataLength(e) > 0);
  }

  /** An address, a name, or the bytes of TXT and NULL, as a string value. */
  void writeText(JsonWriter json, DnsMessage m, int e) {
    int version = m.addressVersion(e);
    if (version != 0) {
      json.valueIp(version, m.addressHigh(e), m.addressLow(e));
    } else if (m.hasTarget(e)) {
      json.value(m.names(), m.targetStart(e), m.targetLength(e));
    } else {
      json.value(scratch, 0, copyData(m, e));
    }
  }

  /** Copies the data's bytes; TXT's strings are joined without their length bytes. */
  private int copyData(DnsMessage m, int e) {
    MemorySegment segment = m.segment();
    long at = m.dataOffset(e);
    long end = at + m.dataLength(e);
    int out = 0;
    while (at < end && out < DATA_SHOWN) {
      int run = (int) (end - at);
      if (m.type(e) == DnsType.TXT) {
        run = Math.min(segment.get(ValueLayout.JAVA_BYTE, at++) & 0xFF, (int) (end - at));
      }
      int shown = Math.min(run, DATA_SHOWN - out);
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, scratch, out, shown);
      out += shown;
      at += run;
    }
    return out;
  }

  void writeSoa(JsonWriter json, DnsMessage m, int e) {
    json.beginObject();
    writeName(json, "mname", m, m.targetStart(e), m.targetLength(e));
    writeName(json, "rname", m, m.mailboxStart(e), m.mailboxLength(e));
    int numbers = m.soaNumbersOffset(e);
    json.field("serial", m.data32(e, numbers)).field("refresh", m.data32(e, numbers + 4));
    json.field("retry", m.data32(e, numbers + 8)).field("expire", m.data32(e, numbers + 12));
    json.field("minimum", m.data32(e, numbers + 16)).endObject();
  }

  void writeSrv(JsonWriter json, DnsMessage m, int e) {
    json.beginObject().field("priority", m.data16(e, 0)).field("weight", m.data16(e, 2));
    json.field("port", m.data16(e, 4));
    writeName(json, "name", m, m.targetStart(e), m.targetLength(e));
    json.endObject();
  }

  static void writeName(JsonWriter json, String field, DnsMessage m, int start, int length) {
    json.name(field).value(m.names(), start, length);
  }
}
