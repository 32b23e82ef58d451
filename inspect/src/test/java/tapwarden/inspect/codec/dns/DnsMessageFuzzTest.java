package tapwarden.inspect.codec.dns;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

class DnsMessageFuzzTest {
  private final DnsMessage message = new DnsMessage();

  @FuzzTest
  void readsAnyBytesWithinBounds(byte[] data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(Math.max(1, data.length));
      MemorySegment.copy(data, 0, segment, ValueLayout.JAVA_BYTE, 0, data.length);
      if (!message.parse(segment, 0, data.length)) {
        return;
      }
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
      int read = 0;
      while (addresses.next()) {
        read++;
        check(message.section(addresses.entry()) == DnsMessage.Section.ANSWER, "of an answer");
      }
      check(read <= DnsMessage.MAX_ENTRIES + AnswerAddresses.MOST_HINTS, "bounded");
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
