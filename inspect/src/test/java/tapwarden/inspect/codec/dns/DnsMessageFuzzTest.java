package tapwarden.inspect.codec.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class DnsMessageFuzzTest {
  private static final int SOIL = 64;

  private final DnsMessage message = new DnsMessage();

  /** A message is copied: in this one the bytes behind it are others than in that above. */
  private final DnsMessage other = new DnsMessage();

  @FuzzTest
  void readsAnyBytesWithinBounds(byte[] data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(Math.max(1, data.length));
      MemorySegment.copy(data, 0, segment, ValueLayout.JAVA_BYTE, 0, data.length);
      soil(message, data.length, 0);
      soil(other, data.length, '.');
      boolean read = message.parse(segment, 0, data.length);
      check(read == other.parse(segment, 0, data.length), "reads behind its end");
      if (!read) {
        return;
      }
      check(facts(message).equals(facts(other)), "facts from behind its end");
      int sum = 0;
      for (DnsMessage.Section section : DnsMessage.Section.values()) {
        sum += message.count(section);
      }
      check(sum == message.entries(), "sections hold all entries");
      for (int e = 0; e < message.entries(); e++) {
        check(message.nameLength(e) <= 2 * DnsNames.MAX_WIRE_OCTETS, "name within its limit");
        check(message.dataOffset(e) + message.dataLength(e) <= data.length, "data inside");
        message.name(e);
        message.target(e);
        if (message.addressVersion(e) != 0) {
          message.addressHigh(e);
          message.addressLow(e);
        }
      }
      AnswerAddresses addresses = new AnswerAddresses();
      addresses.of(message);
      int hints = 0;
      while (addresses.next()) {
        hints++;
        check(message.section(addresses.entry()) == DnsMessage.Section.ANSWER, "of an answer");
      }
      check(hints <= DnsMessage.MAX_ENTRIES + AnswerAddresses.MOST_HINTS, "bounded");
    }
  }

  /** Fills where the message will be, and what is behind it. */
  private static void soil(DnsMessage of, int length, int octet) {
    byte[] bytes = new byte[length + SOIL];
    Arrays.fill(bytes, (byte) octet);
    of.parse(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  private static List<Object> facts(DnsMessage of) {
    List<Object> facts = new ArrayList<>(List.of(of.isWhole(), of.id(), of.responseCode()));
    for (int e = 0; e < of.entries(); e++) {
      facts.add(List.of(of.name(e), of.target(e), of.type(e), of.dnsClass(e), of.timeToLive(e)));
      facts.add(new String(of.lowerNames(), of.nameStart(e), of.nameLength(e), ISO_8859_1));
      if (of.addressVersion(e) != 0) {
        facts.add(List.of(of.addressHigh(e), of.addressLow(e)));
      }
    }
    return facts;
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
