package tapwarden.inspect.protocol.dns;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.CaptureFormatException;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.protocol.CaptureEvents;
import tapwarden.inspect.wire.IpAddress;
import tools.jackson.databind.JsonNode;

/**
 * What our DNS events say of a capture, by the truth's keys: {@code dns_query} and {@code
 * llmnr_query} as name and number of the type, {@code dns_answer_a} and so on as the data. Taken
 * from the JSON that a user gets of the whole inspection; but addresses in multicast DNS, for which
 * EVE has no field, and in LLMNR beside the answers from the messages of single packets.
 */
final class DnsFacts {
  private static final Map<String, String> NUMBERS = new TreeMap<>();

  static {
    for (int type = 0; type < 1_024; type++) {
      NUMBERS.put(tapwarden.inspect.codec.dns.DnsType.name(type), Integer.toString(type));
    }
  }

  /** Facts of the questions and answers that a message is about. */
  final Map<String, Set<String>> said = new TreeMap<>();

  /** Addresses and aliases in authority and additional sections. */
  final Map<String, Set<String>> beside = new TreeMap<>();

  private final FrameBatch batch = new FrameBatch(1_024, 1 << 20);
  private final PacketDecoder decoder = new PacketDecoder();
  private final DnsAnalyser analyser = new DnsAnalyser(new CounterBlock(), this::onMessage);

  static DnsFacts of(Path capture, Path scratch) throws IOException {
    DnsFacts facts = new DnsFacts();
    for (JsonNode line : CaptureEvents.of(capture, scratch, "dns")) {
      for (DnsKind kind : DnsKind.values()) {
        if (line.path("event_type").asString("").equals(kind.word())) {
          facts.event(kind, line.get(kind.word()));
        }
      }
    }
    try (SequenceSource source = SequenceSource.open(List.of(capture.toString()), false)) {
      facts.read(source);
    } catch (CaptureFormatException refused) {
      // No capture to this reader: says nothing, so that the comparison tells.
    }
    return facts;
  }

  private void read(PacketSource source) throws IOException {
    Frame frame = new Frame();
    Packet packet = new Packet();
    int read = 0;
    while (read != PacketSource.END) {
      batch.clear();
      read = source.read(batch);
      for (int i = 0; i < batch.size(); i++) {
        decoder.decode(batch.frame(i, frame), packet);
        analyser.analyse(packet);
      }
    }
  }

  private void onMessage(DnsKind kind, Packet packet, DnsMessage message) {
    if (kind != DnsKind.DNS) {
      addresses(kind, message);
    }
  }

  private void event(DnsKind kind, JsonNode event) {
    String type = event.path("type").asString("");
    if (type.equals("query") || type.equals("request")) {
      JsonNode queries = event.path("queries");
      if (queries.isEmpty()) {
        question(kind, event);
      } else {
        queries.forEach(query -> question(kind, query));
      }
    }
    records(kind, event.path("answers"), said);
    records(kind, event.path("authorities"), beside);
    records(kind, event.path("additionals"), beside);
  }

  private void question(DnsKind kind, JsonNode query) {
    String name = query.path("rrname").asString("").toLowerCase(Locale.ROOT);
    String type = query.path("rrtype").asString("");
    String number = NUMBERS.getOrDefault(type, type.replaceFirst("^TYPE", ""));
    put(said, kind.word() + "_query", (name.isEmpty() ? "<root>" : name) + " " + number);
  }

  private static void records(DnsKind kind, JsonNode records, Map<String, Set<String>> to) {
    for (JsonNode record : records) {
      String type = record.path("rrtype").asString("");
      String data = record.path("rdata").asString("");
      // LLMNR's records name the field after the type.
      data = data.isEmpty() ? record.path(type.toLowerCase(Locale.ROOT)).asString("") : data;
      if (!data.isEmpty() && List.of("A", "AAAA", "CNAME").contains(type)) {
        String key = kind.word() + "_answer_" + type.toLowerCase(Locale.ROOT);
        put(to, key, fold(key, data));
      }
    }
  }

  private void addresses(DnsKind kind, DnsMessage message) {
    for (int e = 0; e < message.entries(); e++) {
      int version = message.addressVersion(e);
      if (version != 0) {
        String key = kind.word() + "_answer_" + (version == 4 ? "a" : "aaaa");
        String address =
            new IpAddress(version, message.addressHigh(e), message.addressLow(e)).toString();
        put(message.section(e) == DnsMessage.Section.ANSWER ? said : beside, key, address);
      }
    }
  }

  static void put(Map<String, Set<String>> to, String key, String value) {
    to.computeIfAbsent(key, k -> new TreeSet<>()).add(value);
  }

  /** One spelling of an address or name, whoever wrote it. */
  static String fold(String key, String value) {
    IpAddress address = key.contains("_answer_a") ? IpAddress.parse(value) : null;
    return address == null ? value.toLowerCase(Locale.ROOT) : address.toString();
  }
}
