package tapwarden.inspect.intel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.IpAddress;

class IndicatorLoaderTest {
  @TempDir Path directory;

  @Test
  void matchesAddressesByPortThenAloneThenByTheLongestNetwork() throws IOException {
    IndicatorSet set =
        load("""
        203.0.113.0/24      # net
        203.0.113.128/25
        203.0.113.200
        203.0.113.200:443   # panel
        198.51.100.7:8080
        2001:db8::/32
        2001:db8::9
        [2001:db8::9]:53
        """)
            .set();
    assertThat(set.size()).isEqualTo(8);
    assertThat(address(set, "203.0.113.1", 80)).isEqualTo("203.0.113.0/24");
    assertThat(address(set, "203.0.113.129", 80)).isEqualTo("203.0.113.128/25");
    assertThat(address(set, "203.0.113.200", 80)).isEqualTo("203.0.113.200");
    assertThat(address(set, "203.0.113.200", 443)).isEqualTo("203.0.113.200:443");
    assertThat(address(set, "198.51.100.7", 8080)).isEqualTo("198.51.100.7:8080");
    assertThat(address(set, "198.51.100.7", 8081)).isNull();
    assertThat(address(set, "198.51.100.7", 0)).isNull();
    assertThat(address(set, "203.0.114.1", 80)).isNull();
    assertThat(address(set, "2001:db8::9", 53)).isEqualTo("[2001:db8::9]:53");
    assertThat(address(set, "2001:db8::9", 54)).isEqualTo("2001:db8::9");
    assertThat(address(set, "2001:db8::a", 54)).isEqualTo("2001:db8::/32");
    assertThat(address(set, "2001:db9::a", 54)).isNull();
    // The same bits as 203.0.113.200, in the other version.
    assertThat(address(set, "::cb00:71c8", 80)).isNull();
  }

  @Test
  void matchesAnIpv6AddressThatStandsForAListedIpv4Address() throws IOException {
    IndicatorSet set = load("203.0.113.9\n198.51.100.7:8080\n192.0.2.0/24\n").set();
    // RFC 4291 section 2.5.5.2, RFC 6052 section 2.1, RFC 3056 section 2; 203.0.113.9 is cb007109.
    assertThat(address(set, "::ffff:cb00:7109", 80)).isEqualTo("203.0.113.9");
    assertThat(address(set, "64:ff9b::cb00:7109", 80)).isEqualTo("203.0.113.9");
    assertThat(address(set, "2002:cb00:7109::1", 80)).isEqualTo("203.0.113.9");
    assertThat(address(set, "64:ff9b::c633:6407", 8080)).isEqualTo("198.51.100.7:8080");
    assertThat(address(set, "64:ff9b::c633:6407", 8081)).isNull();
    assertThat(address(set, "2002:c000:0205::", 80)).isEqualTo("192.0.2.0/24");
    assertThat(address(set, "64:ff9b:1::cb00:7109", 80)).isNull();
    assertThat(address(set, "2001:cb00:7109::1", 80)).isNull();
    assertThat(address(set, "::fffe:cb00:7109", 80)).isNull();
  }

  /** RFC 4291 section 2.5.5.1: deprecated, so it is what it is, and not the IPv4 address. */
  @Test
  void anIpv4CompatibleAddressIsAnIpv6Address() throws IOException {
    IndicatorSet set = load("::203.0.113.9\n198.51.100.7\n").set();
    assertThat(address(set, "::cb00:7109", 80)).isEqualTo("::cb00:7109");
    assertThat(address(set, "203.0.113.9", 80)).isNull();
    assertThat(address(set, "::198.51.100.7", 80)).isNull();
  }

  @Test
  void showsARefusedLineWithoutItsLineEnd() throws IOException {
    Path file = write("crlf.txt", "no address!\r\nc2.example\r\nlast one?\r");
    IndicatorLoader.Loaded loaded = load(file);
    assertThat(loaded.set().size()).isEqualTo(1);
    assertThat(loaded.report().lists().getFirst().problems())
        .extracting(IndicatorProblem::text)
        .containsExactly("no address!", "last one?");
  }

  @Test
  void matchesANameAndAllNamesBelowTheNearestFirst() throws IOException {
    IndicatorSet set = load("evil.example\nc2.evil.example\nxn--bcher-kva.example\n").set();
    assertThat(name(set, "evil.example")).isEqualTo("evil.example");
    assertThat(name(set, "www.evil.example.")).isEqualTo("evil.example");
    assertThat(name(set, "a.b.c2.evil.example")).isEqualTo("c2.evil.example");
    assertThat(name(set, "xc2.evil.example")).isEqualTo("evil.example");
    assertThat(name(set, "notevil.example")).isNull();
    assertThat(name(set, "evil.example.org")).isNull();
    assertThat(name(set, "example")).isNull();
    assertThat(name(set, "")).isNull();
    assertThat(name(set, ".")).isNull();
    // One label "x.evil", then one that ends with a backslash, then a root dot that is none.
    assertThat(name(set, "x\\.evil.example")).isNull();
    assertThat(name(set, "x\\\\.evil.example")).isEqualTo("evil.example");
    assertThat(name(set, "evil.example\\.")).isNull();
    byte[] within = "xxwww.evil.exampleyy".getBytes(StandardCharsets.US_ASCII);
    assertThat(set.matchName(within, 2, 16)).isZero();
  }

  @Test
  void explainsAnEntryByListLineAndComment() throws IOException {
    Path first = write("first.txt", "\uFEFF# head\r\n\r\n203.0.113.9\t# Mozi\r\n");
    Path none = write("none.txt", "# nothing\n");
    Path second = write("second.txt", "c2.example # \u00fc\u0007!");
    IndicatorSet set = load(first, none, second).set();
    assertThat(set.indicator(0))
        .isEqualTo(new Indicator(0, IndicatorType.ADDRESS, "203.0.113.9", first, 3, "Mozi"));
    assertThat(set.indicator(1))
        .isEqualTo(new Indicator(1, IndicatorType.NAME, "c2.example", second, 1, "???!"));
  }

  @Test
  void countsDuplicatesAndLetsTheFirstWin() throws IOException {
    Path first = write("a.txt", "203.0.113.9\nc2.example\n203.0.113.9 # again\n");
    Path second = write("b.txt", "C2[.]Example\n203.0.113.9:1\n203.0.113.9/32\n");
    IndicatorLoader.Loaded loaded = load(first, second);
    assertThat(loaded.set().size()).isEqualTo(3);
    assertThat(loaded.report().lists())
        .extracting(IndicatorReport.ListReport::entries)
        .containsExactly(2L, 1L);
    assertThat(loaded.report().lists())
        .extracting(IndicatorReport.ListReport::duplicates)
        .containsExactly(1L, 2L);
    assertThat(loaded.set().indicator(loaded.set().matchName("c2.example")).list())
        .isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0.0.0/0 | network wider than /8 (IPv6: /16)",
        "::/0 | network wider than /8 (IPv6: /16)",
        "64.0.0.0/7 | network wider than /8 (IPv6: /16)",
        "2000::/15 | network wider than /8 (IPv6: /16)",
        "::ffff:0:0/96 | IPv6 network that stands for an IPv4 network wider than /8",
        "::ffff:64.0.0.0/103 | network wider than /8 (IPv6: /16)",
        "64:ff9b::/96 | IPv6 network that stands for an IPv4 network wider than /8",
        "64:ff9b::/32 | IPv6 network that stands for an IPv4 network wider than /8",
        "64:ff9b::4000:0/103 | IPv6 network that stands for an IPv4 network wider than /8",
        "2002::/16 | IPv6 network that stands for an IPv4 network wider than /8",
        "2002:4000::/23 | IPv6 network that stands for an IPv4 network wider than /8",
        "10.1.2.3 | in or around networks.home",
        "10.1.2.3:80 | in or around networks.home",
        "192.168.1.0/24 | in or around networks.home",
        "192.0.0.0/8 | in or around networks.home",
        "fd00::1 | in or around networks.home",
        "127.0.0.1 | loopback, link-local, multicast, broadcast or unspecified",
        "0.0.0.0 | loopback, link-local, multicast, broadcast or unspecified",
        "255.255.255.255 | loopback, link-local, multicast, broadcast or unspecified",
        "224.0.0.251 | loopback, link-local, multicast, broadcast or unspecified",
        "239.1.0.0/16 | loopback, link-local, multicast, broadcast or unspecified",
        "ff02::fb | loopback, link-local, multicast, broadcast or unspecified",
        "::1 | loopback, link-local, multicast, broadcast or unspecified",
        "com | public suffix: anybody may have names below it",
        "co.uk | public suffix: anybody may have names below it",
        "GitHub.io | public suffix: anybody may have names below it",
        "foo.ck | public suffix: anybody may have names below it",
        "localhost | localhost is this host itself",
        "db.localhost | localhost is this host itself",
        "fileserver | 'neither an address nor a domain: a name of one part, or misspelt'",
        "0x7f000001 | 'neither an address, a network, nor a name'",
        "::ffff:10.0.0.1 | in or around networks.home",
        "[::ffff:10.0.0.1]:80 | in or around networks.home",
        "64:ff9b::10.0.0.1 | in or around networks.home",
        "[64:ff9b::192.168.7.1]:80 | in or around networks.home",
        "2002:a00:1::1 | in or around networks.home",
        "64:ff9b::10.1.0.0/112 | in or around networks.home",
        "2002:c0a8::/32 | in or around networks.home",
        "2002:c0a8:101::/48 | in or around networks.home",
        "2002:c0a8:101:2::/64 | in or around networks.home",
        "64:ff9b::127.0.0.1 | loopback, link-local, multicast, broadcast or unspecified",
        "::ffff:0.0.0.0 | loopback, link-local, multicast, broadcast or unspecified",
        "2002:e000:fb::1 | loopback, link-local, multicast, broadcast or unspecified"
      })
  void refusesWhatWouldMatchTheWorldOrHome(String line, String reason) throws IOException {
    IndicatorLoader.Loaded loaded = load("198.51.100.1\n" + line + "\n");
    assertThat(loaded.set().size()).isEqualTo(1);
    assertThat(loaded.report().refused()).isEqualTo(1);
    assertThat(loaded.report().problems())
        .containsExactly(new IndicatorProblem(directory.resolve("list.txt"), 2, line, reason));
  }

  @Test
  void acceptsWhatIsJustNarrowEnough() throws IOException {
    String list =
        "64.0.0.0/8\n2001::/16\n2002:4000::/24\n64:ff9b::4000:0/104\nwww.ck\nevil.co.uk\nevil.github.io\n";
    assertThat(load(list).report().problems()).isEmpty();
  }

  @Test
  void refusesTheConfiguredHomeNetworks() throws IOException {
    Networks home = new Networks(List.of(Cidr.parse("198.51.100.0/24")));
    Path list = write("list.txt", "198.51.100.7\n198.51.0.0/16\n203.0.113.9\n10.1.2.3\n");
    IndicatorLoader.Loaded loaded =
        IndicatorLoader.load(List.of(new IndicatorSource(list, "plain")), home, null);
    assertThat(loaded.report().problems())
        .extracting(IndicatorProblem::text)
        .containsExactly("198.51.100.7", "198.51.0.0/16");
  }

  @Test
  void tellsListsThatGiveNothing() throws IOException {
    Path comments = write("comments.txt", "# only\n");
    Path absent = directory.resolve("absent.txt");
    Path wide = directory.resolve("wide.txt");
    Files.write(wide, "203.0.113.9\n".getBytes(StandardCharsets.UTF_16));
    IndicatorLoader.Loaded loaded = load(comments, absent, wide);
    assertThat(loaded.set().isEmpty()).isTrue();
    List<IndicatorProblem> problems = loaded.report().problems();
    assertThat(problems).allMatch(p -> p.line() == 0);
    assertThat(problems.get(0).reason()).isEqualTo("no usable entry");
    assertThat(problems.get(1).reason()).isEqualTo("cannot be read: no such file");
    assertThat(problems.get(2).reason()).isEqualTo("UTF-16 text; save it as UTF-8");
  }

  @Test
  void skipsALineOfMegabytesAndGoesOnWithTheRightNumber() throws IOException {
    Path list = write("list.txt", "203.0.113.1\n" + "x".repeat(3 << 20) + "\n203.0.113.3");
    IndicatorLoader.Loaded loaded = load(list);
    assertThat(loaded.report().problems()).hasSize(1);
    assertThat(loaded.report().problems().getFirst().line()).isEqualTo(2);
    assertThat(loaded.set().indicator(1).line()).isEqualTo(3);
  }

  @Test
  void readsTheSnapshotOfTheSameListsAndNoOther() throws IOException {
    Path list = write("list.txt", manyLines());
    Path snapshot = directory.resolve("cache/indicators.snapshot");
    IndicatorLoader.Loaded built = loadVia(snapshot, list);
    IndicatorLoader.Loaded read = loadVia(snapshot, list);
    assertThat(built.report().fromSnapshot()).isFalse();
    assertThat(read.report().fromSnapshot()).isTrue();
    assertThat(read.report().lists()).isEqualTo(built.report().lists());
    assertThat(read.set().size()).isEqualTo(100_001);
    assertThat(address(read.set(), "11.0.0.5", 1)).isEqualTo("11.0.0.5");
    assertThat(read.set().indicator(read.set().matchName("x.c2.example")).comment())
        .isEqualTo("last");
    Files.writeString(list, manyLines() + "203.0.113.9\n");
    IndicatorLoader.Loaded changed = loadVia(snapshot, list);
    assertThat(changed.report().fromSnapshot()).isFalse();
    assertThat(address(changed.set(), "203.0.113.9", 1)).isEqualTo("203.0.113.9");
    assertThat(loadVia(snapshot, list).report().fromSnapshot()).isTrue();
  }

  @Test
  void ignoresADamagedSnapshotWhereverTheDamageIs() throws IOException {
    Path list = write("list.txt", manyLines());
    Path snapshot = directory.resolve("indicators.snapshot");
    loadVia(snapshot, list);
    byte[] whole = Files.readAllBytes(snapshot);
    for (int at : new int[] {0, 3, 70, 200, 5_000, whole.length / 2, whole.length - 1}) {
      Files.write(snapshot, whole);
      try (RandomAccessFile file = new RandomAccessFile(snapshot.toFile(), "rw")) {
        file.seek(at);
        file.write(whole[at] ^ 0x40);
      }
      IndicatorLoader.Loaded loaded = loadVia(snapshot, list);
      assertThat(loaded.report().fromSnapshot()).as("byte %d", at).isFalse();
      assertThat(loaded.set().size()).isEqualTo(100_001);
    }
    Files.write(snapshot, java.util.Arrays.copyOf(whole, whole.length / 3));
    IndicatorLoader.Loaded cut = loadVia(snapshot, list);
    assertThat(cut.report().fromSnapshot()).isFalse();
    assertThat(cut.report().notes()).hasSize(1);
  }

  private static String manyLines() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < IndicatorLoader.LEAST_SNAPSHOT_ENTRIES; i++) {
      text.append(new IpAddress(4, 0, 0x0B00_0000L + i)).append('\n');
    }
    return text.append("c2.example # last\n").append("10.0.0.1\n").toString();
  }

  private static String address(IndicatorSet set, String text, int port) {
    IpAddress a = IpAddress.parse(text);
    int id = set.matchAddress(a.version(), a.high(), a.low(), port);
    return id == IndicatorSet.NONE ? null : set.indicator(id).value();
  }

  private static String name(IndicatorSet set, String text) {
    int id = set.matchName(text);
    return id == IndicatorSet.NONE ? null : set.indicator(id).value();
  }

  private IndicatorLoader.Loaded load(String text) throws IOException {
    return load(write("list.txt", text));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static IndicatorLoader.Loaded load(Path... lists) {
    return loadAll(null, List.of(lists));
  }

  private static IndicatorLoader.Loaded loadVia(Path snapshot, Path list) {
    return loadAll(snapshot, List.of(list));
  }

  private static IndicatorLoader.Loaded loadAll(Path snapshot, List<Path> lists) {
    return IndicatorLoader.load(
        lists.stream().map(list -> new IndicatorSource(list, "plain")).toList(),
        Networks.standard(),
        snapshot);
  }
}
