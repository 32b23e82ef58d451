package tapwarden.benchmarks.bait;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import tapwarden.benchmarks.CountingReport;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/** Every protocol that there is, as one worker has it, and inputs handed to its readers. */
final class Readers {
  /** A segment of Ethernet, and one of an attacker. */
  static final int SEGMENT = 1_460;

  private static final long NANOS = 1_793_577_600_000_000_000L;

  private final Map<String, Protocol> protocols = new HashMap<>();
  private final StreamMemory memory = new StreamMemory(64 << 20);
  private final CountingReport report = new CountingReport().events(true);
  private final Opening opening = new Opening();
  private final Arena arena = Arena.ofAuto();
  private final Packet packet = new Packet();

  Readers() {
    ProtocolContext context = new ProtocolContext(memory, new CounterBlock());
    for (ProtocolProvider provider : ServiceLoader.load(ProtocolProvider.class)) {
      protocols.put(provider.name(), provider.create(context));
    }
    byte[] any =
        Forge.frame(
            Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
            Forge.ipv4("10.0.0.1", "198.51.100.7"),
            Forge.udp(40_000, 161),
            Forge.payload("x"));
    Frame frame = new Frame();
    frame.wrap(copy(any), 0, any.length, any.length, NANOS, LinkType.ETHERNET, 0, 1);
    new PacketDecoder().decode(frame, packet);
  }

  Map<String, Protocol> all() {
    return protocols;
  }

  private Protocol protocol(String word) {
    return Objects.requireNonNull(protocols.get(word), word);
  }

  private MemorySegment copy(byte[] bytes) {
    return arena.allocate(Math.max(1, bytes.length)).copyFrom(MemorySegment.ofArray(bytes));
  }

  /** What one side says, in segments of {@code chunk} bytes, after {@code before} of the other. */
  Bait stream(
      String word,
      String what,
      boolean toServer,
      int chunk,
      byte[] before,
      IntFunction<byte[]> said) {
    String name = what + (chunk == 1 ? ", byte by byte" : "");
    return new Bait(
        word,
        name,
        64 << 10,
        size -> {
          MemorySegment first = copy(before);
          byte[] bytes = said.apply(size);
          MemorySegment then = copy(bytes);
          return () -> {
            StreamReader reader = Objects.requireNonNull(protocol(word).newStream(null));
            report.restart(packet);
            boolean more =
                before.length == 0 || reader.data(report, !toServer, first, 0, before.length);
            int at = 0;
            while (at < bytes.length && !report.isStopped()) {
              int some = Math.min(chunk, bytes.length - at);
              boolean wanted = reader.data(report, toServer, then, at, some);
              at += some;
              if (!wanted) {
                break;
              }
            }
            reader.close(report);
            check(more || at >= 0);
            return at;
          };
        });
  }

  /** One datagram. */
  Bait datagram(String word, String what, boolean toServer, IntFunction<byte[]> said) {
    return new Bait(word, what, 16 << 10, size -> datagrams(word, toServer, said.apply(size), 1));
  }

  private IntSupplier datagrams(String word, boolean toServer, byte[] bytes, int times) {
    MemorySegment segment = copy(bytes);
    return () -> {
      report.restart(packet);
      opening.flow(false, 40_000, 53).bytes(toServer, segment, 0, bytes.length);
      Protocol protocol = protocol(word);
      int known = protocol.recognise(opening).ordinal();
      DatagramReader reader = Objects.requireNonNull(protocol.newDatagrams(null));
      for (int i = 0; i < times; i++) {
        if (!reader.datagram(report, toServer, segment, 0, bytes.length)) {
          break;
        }
      }
      reader.close(report);
      check(known >= 0);
      return bytes.length;
    };
  }

  /** Many datagrams of one flow. */
  Bait flow(String word, String what, boolean toServer, byte[] said) {
    return new Bait(word, what, 2_000, size -> datagrams(word, toServer, said, size));
  }

  /** A frame without IP. */
  Bait frame(String word, String what, IntFunction<byte[]> said) {
    return new Bait(
        word,
        what,
        16 << 10,
        size -> {
          byte[] bytes = said.apply(size);
          Frame frame = new Frame();
          frame.wrap(copy(bytes), 0, bytes.length, bytes.length, NANOS, LinkType.ETHERNET, 0, 1);
          Packet own = new Packet();
          new PacketDecoder().decode(frame, own);
          check((own.layerSet() & protocol(word).frameLayers()) != 0);
          return () -> {
            report.restart(own);
            protocol(word).frame(report, own);
            return bytes.length;
          };
        });
  }

  /** Readers give back what they took. */
  void checkMemory() {
    check(memory.usedBytes() == 0);
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("a reader does what it should not");
    }
  }
}
