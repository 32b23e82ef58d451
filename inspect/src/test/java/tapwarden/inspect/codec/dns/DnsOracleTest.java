package tapwarden.inspect.codec.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponseDecoder;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsPtrRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.ReferenceCountUtil;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The parser against Netty's: forged messages with random names, compression, sections and, in half
 * of them, damage. What we read as a whole Netty reads alike, and of the rest we read the beginning
 * (Netty goes on behind a name that runs off the message). What is not compared: messages without
 * any entry, and names with bytes that Netty escapes otherwise or that do not end within their
 * record.
 */
class DnsOracleTest {
  private static final int MESSAGES = 20_000;
  private static final InetSocketAddress HERE = new InetSocketAddress("127.0.0.1", 53);
  private static final String[] LABELS = {"a", "www", "example", "Net", "x-1", "_tcp", "longlabel"};

  /** Types whose data is a name that both read. */
  private static final Set<Integer> NAMES = Set.of(DnsType.PTR, DnsType.CNAME, DnsType.NS);

  private final DnsMessage ours = new DnsMessage();
  private final List<String> differences = new ArrayList<>();
  private int compared;

  @Test
  void readsWhatNettyReads() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < MESSAGES && differences.isEmpty(); i++) {
      byte[] bytes = forged(random);
      if (random.nextBoolean()) {
        bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(256);
      }
      compare(bytes);
    }
    assertThat(differences).as("seed %d", seed).isEmpty();
    // Half are undamaged, and much damage harms neither reading.
    assertThat(compared).isGreaterThan(MESSAGES / 2);
  }

  private static byte[] forged(Random random) {
    boolean response = random.nextBoolean();
    String name = name(random);
    tapwarden.capture.forge.DnsMessage message =
        response
            ? tapwarden.capture.forge.DnsMessage.response(random.nextInt(65_536), name, 1)
            : tapwarden.capture.forge.DnsMessage.query(random.nextInt(65_536), name, 28);
    for (int i = response ? random.nextInt(8) : 0; i > 0; i--) {
      switch (random.nextInt(6)) {
        case 0 -> message.a(name, random.nextInt(9_999), "192.0.2." + random.nextInt(256));
        case 1 -> message.aaaa(name(random), 60, "2001:db8::" + random.nextInt(9_999));
        case 2 -> message.nameRecord(name, DnsType.PTR, 60, name(random));
        case 3 -> message.record(name, DnsType.TXT, 60, new byte[] {2, 'o', 'k'});
        case 4 -> message.authority();
        default -> message.record("", 4_711, 60, new byte[random.nextInt(9)]);
      }
      if (random.nextInt(4) == 0) {
        message.additional();
      }
    }
    return message.toBytes();
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder(LABELS[random.nextInt(LABELS.length)]);
    for (int i = random.nextInt(4); i > 0; i--) {
      name.append('.').append(LABELS[random.nextInt(LABELS.length)]);
    }
    return name.toString();
  }

  private void compare(byte[] bytes) {
    List<String> theirs = netty(bytes);
    if (theirs == null || theirs.isEmpty()) {
      return;
    }
    boolean read = ours.parse(MemorySegment.ofArray(bytes), 0, bytes.length);
    if (read && hasBrokenName()) {
      return;
    }
    List<String> said = read ? ours() : List.of();
    if (!isPlain(theirs) || !isPlain(said)) {
      return;
    }
    boolean whole = read && ours.isWhole();
    compared += whole ? 1 : 0;
    boolean alike =
        whole
            ? said.equals(theirs)
            : said.size() <= theirs.size() && said.equals(theirs.subList(0, said.size()));
    if (!alike) {
      differences.add(HexFormat.of().formatHex(bytes) + "\nNetty " + theirs + "\nwe " + said);
    }
  }

  /** Netty reads on to the end of the data where a name has none. */
  private boolean hasBrokenName() {
    for (int e = 0; e < ours.entries(); e++) {
      if (NAMES.contains(ours.type(e))
          && ours.section(e) != DnsMessage.Section.QUESTION
          && !ours.hasTarget(e)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlain(List<String> entries) {
    return entries.stream().allMatch(e -> e.chars().allMatch(c -> c > 0x20 && c < 0x7F && c != 92));
  }

  private List<String> ours() {
    List<String> entries = new ArrayList<>();
    for (int e = 0; e < ours.entries(); e++) {
      String entry = ours.section(e).ordinal() + "/" + ours.name(e).toLowerCase(Locale.ROOT);
      entry += "/" + ours.type(e);
      if (ours.section(e) != DnsMessage.Section.QUESTION) {
        entry += "/" + ours.timeToLive(e) + "/";
        entry += NAMES.contains(ours.type(e)) ? lower(ours.target(e)) : hex(e);
      }
      entries.add(entry);
    }
    return entries;
  }

  private String hex(int entry) {
    byte[] data =
        ours.segment()
            .asSlice(ours.dataOffset(entry), ours.dataLength(entry))
            .toArray(ValueLayout.JAVA_BYTE);
    return HexFormat.of().formatHex(data);
  }

  /** Netty's entries, or null if it refuses the message. */
  private static @Nullable List<String> netty(byte[] bytes) {
    boolean response = (bytes[2] & 0x80) != 0;
    EmbeddedChannel channel =
        new EmbeddedChannel(
            response ? new DatagramDnsResponseDecoder() : new DatagramDnsQueryDecoder());
    try {
      channel.writeInbound(new DatagramPacket(Unpooled.wrappedBuffer(bytes), HERE, HERE));
      io.netty.handler.codec.dns.DnsMessage message = channel.readInbound();
      if (message == null) {
        return null;
      }
      try {
        return entries(message);
      } finally {
        ReferenceCountUtil.release(message);
      }
    } catch (RuntimeException refused) {
      return null;
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private static List<String> entries(io.netty.handler.codec.dns.DnsMessage message) {
    List<String> entries = new ArrayList<>();
    for (DnsSection section : DnsSection.values()) {
      for (int i = 0; i < message.count(section); i++) {
        DnsRecord record = message.recordAt(section, i);
        String entry = section.ordinal() + "/" + lower(record.name());
        entry += "/" + record.type().intValue();
        if (!(record instanceof DnsQuestion)) {
          entry += "/" + record.timeToLive() + "/";
          entry += data(record);
        }
        entries.add(entry);
      }
    }
    return entries;
  }

  private static String data(DnsRecord record) {
    if (record instanceof DnsPtrRecord pointer) {
      return lower(pointer.hostname());
    }
    ByteBuf content = ((DnsRawRecord) record).content();
    return NAMES.contains(record.type().intValue())
        ? lower(DefaultDnsRecordDecoder.decodeName(content))
        : ByteBufUtil.hexDump(content);
  }

  /** Netty ends names with a dot. */
  private static String lower(String name) {
    String text = name.toLowerCase(Locale.ROOT);
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
