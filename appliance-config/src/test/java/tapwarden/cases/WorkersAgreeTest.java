package tapwarden.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.file.PcapWriter;

/**
 * Random hostile traffic between few addresses, so that everything meets everything: one, two and
 * four workers write the same bytes, whatever secret each run drew.
 */
class WorkersAgreeTest {
  private static final int FRAMES = 4_000;
  private static final long START_NANOS = 1_793_577_600_000_000_000L;

  private static final String[] MACS = {
    "00:25:9e:4b:17:02", "00:25:9e:4b:17:03", "3c:52:82:5a:00:17", "00:1b:17:00:10:01"
  };

  /** Declared by address, by hardware address, at home, and outside; some outside is equipment. */
  private static final String[] ADDRESSES = {
    "10.40.17.2",
    "10.40.17.3",
    "10.80.2.17",
    "10.0.0.53",
    "198.51.100.5",
    "198.51.100.6",
    "198.51.100.53",
    "203.0.113.9",
    "203.0.113.10",
    "192.0.2.40"
  };

  private static final String[] NAMES = {"x.oam.example.jp", "bad.example", "a.bad.example"};
  private static final int[] PORTS = {53, 443, 5000, 8443, 40_000};

  /** Some are what devices say of themselves, so that traits come by all workers. */
  private static final String[] PAYLOADS = {
    "",
    "",
    "data",
    "SSH-2.0-Cisco-1.25\r\n",
    "SSH-2.0-HUAWEI-1.5\r\n",
    "SSH-2.0-OpenSSH_9.6p1 Ubuntu-3\r\n",
    "SSH-2.0-dropbear_2019.78\r\n",
    "SSH-2.0-ROSSSH\r\n",
    "SSH-2.0-Sixth\r\n"
  };

  private static final String CONFIGURATION =
      """
      config-version: 1
      equipment:
        - { id: one, match: { ip: 10.40.17.2 }, vendor: Huawei, role: base-station, policy: ran }
        - { id: two, match: { mac: "00:25:9e:4b:17:03" }, role: router, policy: ran }
        - { id: three, match: { ip: 198.51.100.53 }, role: core, policy: ran }
      policies:
        ran:
          allow:
            - { name: "*.oam.example.jp", port: 443 }
            - { cidr: 192.0.2.0/24, proto: udp, port: 8443 }
      indicators:
        - { file: list.txt, format: plain }
      """;

  @TempDir Path work;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void onAnyTraffic(long seed) throws IOException {
    Files.writeString(work.resolve("tapwarden.yaml"), CONFIGURATION);
    Files.writeString(work.resolve("list.txt"), "203.0.113.10\nbad.example\n");
    Path input = work.resolve("input.pcap");
    write(input, seed);
    List<String> first = events(input, "1");
    assertThat(first).hasSizeGreaterThan(200);
    for (String workers : List.of("2", "4")) {
      List<String> events = events(input, workers);
      for (int i = 0; i < Math.min(first.size(), events.size()); i++) {
        assertThat(events.get(i)).as("line %d, %s workers", i + 1, workers).isEqualTo(first.get(i));
      }
      assertThat(events).hasSameSizeAs(first);
    }
  }

  private List<String> events(Path input, String workers) throws IOException {
    Path out = Files.createTempDirectory(work, "out");
    int code =
        Commands.run(
            "replay",
            input.toString(),
            "-c",
            work.resolve("tapwarden.yaml").toString(),
            "-l",
            out.toString(),
            "--workers",
            workers,
            "-q");
    assertThat(code).isZero();
    return Files.readAllLines(out.resolve("eve.json")).stream()
        .filter(line -> !line.contains("\"event_type\":\"stats\""))
        .toList();
  }

  private static void write(Path file, long seed) throws IOException {
    Random random = new Random(seed);
    long nanos = START_NANOS;
    try (PcapWriter writer =
        new PcapWriter(
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            LinkType.ETHERNET)) {
      List<byte[]> fragments = new ArrayList<>();
      for (int i = 0; i < FRAMES; i++) {
        nanos += random.nextInt(20) == 0 ? 2_000_000_000L : random.nextInt(2_000_000);
        if (fragments.size() < 20 && random.nextInt(8) == 0) {
          fragments.addAll(fragments(random));
        }
        boolean next = !fragments.isEmpty() && random.nextBoolean();
        byte[] bytes = next ? fragments.remove(random.nextInt(fragments.size())) : bytes(random);
        ForgedFrame frame = new ForgedFrame(nanos, bytes);
        writer.write(frame.timestampNanos(), frame.bytes());
      }
    }
  }

  private static byte[] bytes(Random r) {
    String mac = any(r, MACS);
    Layer ethernet = Forge.ethernet(mac, any(r, MACS));
    if (r.nextInt(12) == 0) {
      return Forge.frame(
          Forge.ethernet(mac, "ff:ff:ff:ff:ff:ff"),
          Forge.arpRequest(mac, any(r, ADDRESSES), any(r, ADDRESSES)));
    }
    Layer ip = Forge.ipv4(any(r, ADDRESSES), any(r, ADDRESSES));
    Layer inner = Forge.ipv4(any(r, ADDRESSES), any(r, ADDRESSES));
    return switch (r.nextInt(6)) {
      case 0 -> Forge.frame(ethernet, ip, Forge.gre(), inner, transport(r), payload(r));
      case 1 ->
          Forge.frame(
              ethernet, ip, Forge.udp(2152, 2152), Forge.gtpU(7), inner, transport(r), payload(r));
      case 2 -> Forge.frame(ethernet, ip, dnsPorts(r), Forge.payload(dns(r)));
      case 3 -> Forge.frame(ethernet, ip, inner, dnsPorts(r), Forge.payload(dns(r)));
      default -> Forge.frame(ethernet, ip, transport(r), payload(r));
    };
  }

  /** Of a datagram with or without a tunnel in it; some are lost, and some say something else. */
  private static List<byte[]> fragments(Random r) {
    Layer ethernet = Forge.ethernet(any(r, MACS), any(r, MACS));
    Layer ip =
        Forge.ipv4(any(r, ADDRESSES), any(r, ADDRESSES))
            .flagsAndOffset(0)
            .identification(r.nextInt(1 << 16));
    Layer inner = Forge.ipv4(any(r, ADDRESSES), any(r, ADDRESSES));
    int size = 8 << r.nextInt(5);
    Layer filling = Forge.payload("some more data to be cut into pieces");
    List<byte[]> cut =
        switch (r.nextInt(4)) {
          case 0 ->
              Forge.ipv4Fragments(size, ethernet, ip, Forge.gre(), inner, transport(r), filling);
          case 1 ->
              Forge.ipv4Fragments(size, ethernet, ip, inner, dnsPorts(r), Forge.payload(dns(r)));
          case 2 -> Forge.ipv4Fragments(size, ethernet, ip, transport(r), filling);
          default -> Forge.ipv4Fragments(size, ethernet, ip, dnsPorts(r), Forge.payload(dns(r)));
        };
    List<byte[]> sent = new ArrayList<>();
    for (byte[] fragment : cut) {
      if (r.nextInt(12) != 0) {
        sent.add(fragment);
      }
      if (r.nextInt(8) == 0) {
        byte[] other = fragment.clone();
        other[other.length - 1] ^= 1;
        sent.add(other);
      }
    }
    return sent;
  }

  private static Layer transport(Random r) {
    int from = PORTS[r.nextInt(PORTS.length)];
    int to = PORTS[r.nextInt(PORTS.length)];
    int[] flags = {0x02, 0x12, 0x10, 0x18, 0x11, 0x04};
    return r.nextBoolean()
        ? Forge.udp(from, to)
        : Forge.tcp(from, to).flags(flags[r.nextInt(flags.length)]);
  }

  private static Layer dnsPorts(Random r) {
    return r.nextBoolean() ? Forge.udp(53, 40_000) : Forge.udp(40_000, 53);
  }

  private static byte[] dns(Random r) {
    String name = any(r, NAMES);
    return r.nextInt(3) == 0
        ? DnsMessage.query(7, name, DnsMessage.A).toBytes()
        : DnsMessage.response(7, name, DnsMessage.A).a(name, 60, any(r, ADDRESSES)).toBytes();
  }

  private static Layer payload(Random r) {
    return Forge.payload(any(r, PAYLOADS));
  }

  private static String any(Random r, String[] texts) {
    return texts[r.nextInt(texts.length)];
  }
}
