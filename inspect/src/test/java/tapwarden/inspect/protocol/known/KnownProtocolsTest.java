package tapwarden.inspect.protocol.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.stream.StreamMemory;

class KnownProtocolsTest {
  private record Known(String word, Protocol protocol) {}

  private static final int RANDOM_OPENINGS = 200_000;

  private final List<Known> all = all();

  private static List<Known> all() {
    ProtocolContext context = new ProtocolContext(new StreamMemory(1 << 20), new CounterBlock());
    List<Known> all = new ArrayList<>();
    for (ProtocolProvider provider : ServiceLoader.load(ProtocolProvider.class)) {
      all.add(new Known(provider.name(), provider.create(context)));
    }
    return all;
  }

  private Recognition own(KnownSample sample, Opening opening) {
    for (Known known : all) {
      if (known.word().equals(sample.word())) {
        return known.protocol().recognise(opening);
      }
    }
    throw new AssertionError(sample.word() + " is not registered");
  }

  private Set<String> saying(Recognition what, Opening opening) {
    Set<String> words = new TreeSet<>();
    for (Known known : all) {
      if (mayBegin(known, opening) && known.protocol().recognise(opening) == what) {
        words.add(known.word());
      }
    }
    return words;
  }

  @Test
  void hasASampleOfEachProtocolOfItsOwn() {
    Set<String> sampled = new TreeSet<>();
    KnownSamples.SURE.forEach(sample -> sampled.add(sample.word()));
    Set<String> known = new TreeSet<>();
    for (Known one : all) {
      if (one.protocol() instanceof KnownProtocol) {
        known.add(one.word());
      }
    }
    assertThat(sampled).isEqualTo(known).hasSize(33);
  }

  private static boolean mayBegin(Known known, Opening opening) {
    return known.protocol().mayBegin(opening.isStream(), opening.u8(0));
  }

  @Test
  void recognisesEachByItsContentWhateverThePort() {
    for (KnownSample sample : KnownSamples.SURE) {
      assertThat(saying(Recognition.YES, sample.opening()))
          .as(sample.toString())
          .containsExactly(sample.word());
      if (!sample.word().equals("radius")) {
        assertThat(own(sample, sample.onPort(9_999).opening()))
            .as(sample.toString())
            .isEqualTo(Recognition.YES);
      }
    }
  }

  @Test
  void believesAPortOnlyWithTheContentThatGoesWithIt() {
    for (KnownSample sample : KnownSamples.LIKELY) {
      assertThat(saying(Recognition.YES, sample.opening())).as(sample.toString()).isEmpty();
      assertThat(saying(Recognition.LIKELY, sample.opening()))
          .as(sample.toString())
          .containsExactly(sample.word());
      assertThat(own(sample, sample.onPort(9_999).opening()))
          .as(sample.toString())
          .isEqualTo(Recognition.NO);
    }
  }

  @Test
  void takesAUsersNameForPop3OnItsPortAlone() {
    KnownSample user = KnownSample.tcp("pop3", 110, "\"USER mrose\r\n");
    assertThat(saying(Recognition.YES, user.opening())).containsExactly("pop3");
    assertThat(own(user, user.onPort(21).opening())).isEqualTo(Recognition.NO);
  }

  @Test
  void waitsForTheRestOfWhatIsCutAnywhere() {
    for (KnownSample sample : KnownSamples.SURE) {
      for (int length = 1; length < sample.bytes().length; length++) {
        Opening opening = sample.opening(length);
        Set<String> sure = saying(Recognition.YES, opening);
        sure.remove(sample.word());
        assertThat(sure).as(sample + " cut after " + length).isEmpty();
        if (sample.stream()) {
          assertThat(own(sample, opening))
              .as(sample + " cut after " + length)
              .isNotEqualTo(Recognition.NO);
        }
      }
    }
  }

  @Test
  void neverTakesADatagramForAStream() {
    for (KnownSample sample : KnownSamples.SURE) {
      Opening other =
          new Opening()
              .flow(!sample.stream(), 49_152, 9_999)
              .bytes(true, MemorySegment.ofArray(sample.bytes()), 0, sample.bytes().length);
      Set<String> carriedByBoth = Set.of("stun", "syslog", "bittorrent", "dcerpc", "ldap");
      Set<String> sure = saying(Recognition.YES, other);
      sure.removeAll(carriedByBoth);
      // What is called so over UDP is a request of HTTP like any other over TCP.
      sure.remove("http");
      assertThat(sure).as(sample.toString()).isEmpty();
    }
  }

  @Test
  void refusesWhatHasTheSameBeginning() {
    List<KnownSample> nearMisses =
        List.of(
            // S7comm over ISO transport: parameters, but no negotiation.
            KnownSample.tcp("rdp", 3389, "03 00 00 16 11 E0 00 00 00 01 00 C0 01 0A C1 02 01 00"),
            KnownSample.tcp("rfb", 5900, "\"RFB 003.0x8\n"),
            KnownSample.tcp("x11", 6000, "6C 00 0C 00 00 00 00 00 00 00 00 00"),
            KnownSample.tcp("smb", 445, "00 00 00 2F FF 53 4D 43 72 00 00 00 00 00 00 00"),
            KnownSample.tcp("dcerpc", 135, "05 00 0B 03 10 00 00 00 10 00 00 00 01 00 00 00"),
            // SNMP: the version is followed by text.
            KnownSample.udp("ldap", 389, "30 29 02 01 00 04 06", "\"public", "30~"),
            KnownSample.udp("krb5", 88, "6A 81 8C 30 81 89 A1 03 02 01 04 A2 03 02 01 0A", "9~"),
            KnownSample.udp("radius", 1812, "01 00 00 16", "16~", "01 06"),
            KnownSample.greeting("mysql", 3306, "4A 00 00 00 0A", "\"version\0", "40~"),
            KnownSample.tcp("pgsql", 5432, "00 00 00 17 00 03 00 00", "\"xser\0postgres\0\0"),
            KnownSample.tcp("mssql-tds", 1433, "12 01 00 0E 00 00 01 00 00 00 1A 00 06 01"),
            KnownSample.tcp("oracle", 1521, "00 1E 00 00 01 00 00 00 01 36 01 2C", "18~"),
            KnownSample.tcp("mongodb", 27017, "3A 00 00 00", "8~", "D5 07 00 00", "\"admin.x\0"),
            KnownSample.tcp("redis", 6379, "\"*1\r\n$4\r\nPONG\r\n"),
            KnownSample.tcp("memcached", 11211, "\"set k zero 900 5\r\n"),
            KnownSample.tcp("cassandra", 9042, "04 01 00 50 42 66 07 63 00"),
            KnownSample.tcp("amqp", 5672, "\"AMQPxxxx"),
            KnownSample.tcp("jabber", 5222, "\"<?xml version='1.0'?><rss version='2.0'>"),
            KnownSample.tcp("irc", 6667, "\"USER anonymous\r\n"),
            KnownSample.tcp("irc", 6667, "\"PASS secret\r\nUSER anonymous\r\n"),
            KnownSample.tcp("imap", 143, "\"GET / HTTP/1.1\r\n"),
            KnownSample.greeting("pop3", 110, "\"+PONG\r\n"),
            KnownSample.greeting("nntp", 119, "\"220 mail.example.com ESMTP\r\n"),
            KnownSample.tcp("rtmp", 1935, "03 00 0A 1B 2C", "200*00"),
            KnownSample.udp("rtcp", 5005, "80 C8 00 06", "24~", "81 CA 00 04 01 02 03 04"),
            KnownSample.udp("stun", 3478, "00 01 00 0C 21 12 A4 42", "20~"),
            KnownSample.udp("bittorrent", 6881, "41 00 12 34 05 F5 E1 00 00 00 00 01", "8*00"),
            KnownSample.udp("bittorrent-dht", 6881, "\"d1:ad2:id20:abcdefghij"),
            KnownSample.udp("wireguard", 51820, "01 00 00 00", "143~"),
            KnownSample.udp("wireguard", 51820, "01 00 00 01", "144~"),
            KnownSample.udp("openvpn", 1194, "38", "8~", "00 00 00 00 01"),
            KnownSample.udp("ike", 500, "8~", "8*00", "21 20 22 08 00 00 00 00 00 00 00 31", "20~"),
            KnownSample.udp("l2tp", 1701, "C8 02 00 14 00 00 00 00 00 00 00 00 80 08 00 00 00 01"),
            KnownSample.udp("syslog", 514, "\"<192>Oct 11 22:14:15 mymachine su"),
            KnownSample.udp("syslog", 514, "\"<034>Oct 11 22:14:15 mymachine su"));
    for (KnownSample miss : nearMisses) {
      assertThat(own(miss, miss.opening())).as(miss.toString()).isEqualTo(Recognition.NO);
    }
  }

  @Test
  void isSureOfNoRandomBytes() {
    Random random = new Random(7);
    byte[] bytes = new byte[256];
    List<String> sure = new ArrayList<>();
    for (int i = 0; i < RANDOM_OPENINGS; i++) {
      random.nextBytes(bytes);
      int length = 1 + random.nextInt(bytes.length);
      Opening opening =
          new Opening()
              .flow((i & 1) == 0, 49_152, 9_999)
              .bytes((i & 2) == 0, MemorySegment.ofArray(bytes), 0, length);
      for (Known known : all) {
        Recognition said = known.protocol().recognise(opening);
        if (known.protocol() instanceof KnownProtocol && said == Recognition.YES) {
          sure.add(known.word());
        }
        if (said != Recognition.NO && !mayBegin(known, opening)) {
          sure.add(known.word() + " though it may not begin so");
        }
      }
    }
    assertThat(sure).isEmpty();
  }
}
