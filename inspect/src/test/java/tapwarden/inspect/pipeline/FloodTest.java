package tapwarden.inspect.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.fragment.FragmentOptions;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.sink.evidence.EvidenceRecorder;
import tapwarden.inspect.stream.StreamOptions;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Floods through a whole inspection with all its events: memory stays flat, and what equipment does
 * with listed endpoints meanwhile is still found: by address, by a look-up, and by what it says in
 * a connection whose segments come out of order.
 *
 * <p>In the build the bounds are small, so that they are passed often; {@code -Pflood} takes ten
 * million frames and the bounds of the product.
 */
class FloodTest {
  private static final int FLOOD = Integer.getInteger("tapwarden.flood", 200_000);
  private static final boolean FULL = FLOOD >= 10_000_000;
  private static final int FLOWS = FULL ? FlowOptions.DEFAULT.capacity() : 20_000;
  private static final int STREAMS = FULL ? StreamOptions.DEFAULT.streams() : 2_000;
  private static final int DATAGRAMS = FULL ? FragmentOptions.DEFAULT.datagrams() : 2_000;
  private static final long GROWTH_ALLOWED = 16L << 20;

  private static final String CAMERA = "3c:52:82:5a:00:17";
  private static final String ROUTER = "00:1b:17:00:10:01";
  private static final Layer OUT = Forge.ethernet(CAMERA, ROUTER);
  private static final Layer IN = Forge.ethernet(ROUTER, CAMERA);
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;
  private static final int PSH_ACK = 0x18;

  @TempDir Path directory;

  private final Counters counters = new Counters();
  private final Set<String> alerts = new ConcurrentSkipListSet<>();
  private final LongAdder events = new LongAdder();
  private final List<String> memory = new ArrayList<>();
  private final List<Long> heaps = new ArrayList<>();

  @Test
  void tenMillionOpenings() throws IOException {
    FloodFrame out = tcp(OUT, SYN, "");
    FloodFrame in = tcp(IN, SYN, "");
    run(
        FLOOD,
        i -> {
          int any = mix(i);
          return (i & 1) == 0
              ? out.source(0x0A500000 | (any & 0xFFFF))
                  .destination(publicAddress(any))
                  .ports(any >>> 8, any >>> 16)
                  .bytes
              : in.source(publicAddress(any)).destination(0x0A500211).ports(any, any >>> 16).bytes;
        });
    assertThat(counters.sum(Counter.FLOWS_BEGUN)).isGreaterThan(FLOOD * 99L / 100);
    assertThat(counters.sum(Counter.FLOWS_EVICTED)).isGreaterThan(FLOOD * 99L / 100 - FLOWS);
  }

  /** Opened by both sides; then data behind a hole that is never filled. */
  @Test
  void aMillionStreamsThatWaitForWhatNeverComes() throws IOException {
    FloodFrame opening = tcp(OUT, SYN, "");
    FloodFrame answer = tcp(IN, SYN | ACK, "");
    FloodFrame data = tcp(OUT, PSH_ACK, "x".repeat(1_000));
    int streams = FLOOD / 10;
    run(
        3L * streams,
        i -> {
          int any = mix(i / 3);
          int client = 0x0A500000 | (any & 0xFFFF);
          int server = publicAddress(any);
          return switch ((int) (i % 3)) {
            case 0 -> opening.source(client).destination(server).ports(any >>> 8, 80).bytes;
            case 1 -> answer.source(server).destination(client).ports(80, any >>> 8).bytes;
            default -> data.source(client).destination(server).ports(any >>> 8, 80).bytes;
          };
        });
    assertThat(counters.sum(Counter.STREAMS_FOLLOWED)).isGreaterThan(STREAMS);
    assertThat(counters.sum(Counter.STREAMS_GIVEN_UP) + counters.sum(Counter.STREAMS_NOT_FOLLOWED))
        .isGreaterThan(streams * 99L / 100 - STREAMS);
  }

  @Test
  void aMillionDatagramsOfWhichTheEndNeverComes() throws IOException {
    FloodFrame first =
        new FloodFrame(
            false,
            OUT,
            Forge.ipv4("10.80.2.17", "198.51.100.7").identification(0).fragment(0, true),
            Forge.udp(5_000, 7_000),
            Forge.payload("x".repeat(1_000)));
    int datagrams = FULL ? FLOOD / 10 : FLOOD / 4;
    run(
        datagrams,
        i -> {
          int any = mix(i);
          return first
              .identification(any)
              .source(0x0A500000 | (any >>> 16))
              .destination(publicAddress(any))
              .bytes;
        });
    assertThat(counters.sum(Counter.FRAGMENTS)).isGreaterThan(datagrams * 99L / 100);
    assertThat(counters.sum(Counter.DATAGRAMS_EVICTED))
        .isGreaterThan(datagrams * 99L / 100 - DATAGRAMS);
  }

  private static FloodFrame tcp(Layer ethernet, int flags, String payload) {
    return new FloodFrame(
        true,
        ethernet,
        Forge.ipv4("10.80.2.17", "198.51.100.7"),
        Forge.tcp(40_000, 80).flags(flags).sequence(flags == PSH_ACK ? 5_000 : 1_000),
        Forge.payload(payload));
  }

  /** Spreads numbers over all values, each once. */
  private static int mix(long number) {
    int mixed = (int) number * 0x9E3779B1;
    return mixed ^ mixed >>> 15;
  }

  /** Somewhere in 128.0.0.0/3 to 159: nothing there is local, listed, or of no host. */
  private static int publicAddress(int any) {
    return 0x80000000 | (any >>> 4 & 0x1FFFFFFF);
  }

  private void run(long frames, LongFunction<byte[]> flood) throws IOException {
    IndicatorSet listed = OneWorker.list("203.0.113.9\nlooked-up.example\nsaid.example\n");
    EvidenceRecorder evidence =
        new EvidenceRecorder(directory, EvidenceOptions.DEFAULT, 4, counters.newBlock());
    measure();
    try (Inspection inspection =
        new Inspection(
            options(() -> listed), counters, new OneCapture(), evidence, new Listener())) {
      inspection.read(new FloodSource(frames, flood, contacts(), this::measure));
      inspection.finish();
    }
    if (FULL) {
      System.out.printf(
          "%,d frames, %,d events; before, after half of it and at its end: %s; alerts on %s%n",
          frames, events.sum(), String.join("; ", memory), alerts);
    }
    assertThat(heaps.get(2) - heaps.get(1)).as("growth of the heap").isLessThan(GROWTH_ALLOWED);
    assertThat(counters.sum(Counter.FRAMES_INSPECTED)).isEqualTo(frames + contacts().size());
    assertThat(alerts).contains("203.0.113.9", "looked-up.example", "said.example");
  }

  private InspectionOptions options(Supplier<IndicatorSet> lists) {
    InspectionOptions all = OneWorker.options(directory, lists, "all");
    if (FULL) {
      return all;
    }
    return new InspectionOptions(
        all.logDirectory(),
        all.ring(),
        new FlowOptions(FLOWS, true, true, 60, 600, 10, 30, 300, 60),
        new FragmentOptions(1 << 20, DATAGRAMS, 8_192, 30, all.fragments().policies()),
        new StreamOptions(STREAMS, 2 << 20, 256 << 10, 1_024, 1 << 20, OverlapPolicy.LINUX),
        all.identity(),
        all.incidents(),
        all.evidence(),
        all.networks(),
        all.directory(),
        all.policies(),
        all.indicators(),
        all.suppressions(),
        all.events(),
        all.dnsVersion(),
        all.evidenceWanted());
  }

  private static List<byte[]> contacts() {
    String request = "GET / HTTP/1.1\r\nHost: said.example\r\n\r\n";
    byte[] query = DnsMessage.query(7, "looked-up.example", DnsMessage.A).toBytes();
    String camera = "10.80.2.17";
    String server = "198.51.100.77";
    return List.of(
        Forge.frame(OUT, Forge.ipv4(camera, "203.0.113.9"), Forge.tcp(40_001, 443).flags(SYN)),
        Forge.frame(
            OUT, Forge.ipv4(camera, "10.0.0.53"), Forge.udp(30_053, 53), Forge.payload(query)),
        Forge.frame(
            OUT, Forge.ipv4(camera, server), Forge.tcp(40_002, 80).flags(SYN).sequence(1_000)),
        Forge.frame(
            IN,
            Forge.ipv4(server, camera),
            Forge.tcp(80, 40_002).flags(SYN | ACK).sequence(5_000).acknowledgement(1_001)),
        Forge.frame(
            OUT,
            Forge.ipv4(camera, server),
            Forge.tcp(40_002, 80).flags(PSH_ACK).sequence(1_021).acknowledgement(5_001),
            Forge.payload(request.substring(20))),
        Forge.frame(
            OUT,
            Forge.ipv4(camera, server),
            Forge.tcp(40_002, 80).flags(PSH_ACK).sequence(1_001).acknowledgement(5_001),
            Forge.payload(request.substring(0, 20))));
  }

  /** Notes what of the heap is still in use, and what the process has. */
  private void measure() {
    MemoryMXBean bean = ManagementFactory.getMemoryMXBean();
    bean.gc();
    long heap = bean.getHeapMemoryUsage().getUsed();
    heaps.add(heap);
    memory.add("heap %d MiB, resident %d MiB".formatted(heap >> 20, residentKib() >> 10));
  }

  private static long residentKib() {
    try {
      String status = Files.readString(Path.of("/proc/self/status"), StandardCharsets.US_ASCII);
      return Arrays.stream(status.split("\n"))
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException notLinux) {
      return 0;
    }
  }

  private final class Listener implements InspectionListener {
    @Override
    public void alert(Alert alert) {
      Endpoint endpoint = alert.finding().endpoint();
      alerts.add(Objects.requireNonNullElse(endpoint.name(), endpoint.key()));
    }

    @Override
    public void eve(JsonWriter line, long tickNanos, @Nullable Alert alert) {
      events.increment();
    }
  }
}
