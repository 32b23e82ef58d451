package tapwarden.benchmarks.bait;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.fragment.FragmentOptions;
import tapwarden.inspect.fragment.Reassembler;
import tapwarden.inspect.stream.Ambiguity;
import tapwarden.inspect.stream.StreamListener;
import tapwarden.inspect.stream.StreamOptions;
import tapwarden.inspect.stream.TcpStream;
import tapwarden.inspect.stream.TcpStreams;

/** The smallest fragments and segments in the orders that are hardest to put right. */
final class AssemblyBaits {
  private static final long NANOS = 1_793_577_600_000_000_000L;
  private static final int PIECE = 8;

  private final Arena arena = Arena.ofAuto();
  private final PacketDecoder decoder = new PacketDecoder();
  private long number;

  /** An order of so many pieces: which comes at a place. */
  private record Order(String name, IntFunction<IntUnaryOperator> of) {}

  private static final List<Order> ORDERS =
      List.of(
          new Order("in order", n -> i -> i),
          new Order("the last first", n -> i -> n - 1 - i),
          new Order("every other one first", n -> i -> i < n / 2 ? 2 * i + 1 : 2 * (i - n / 2)),
          new Order("from both ends", n -> i -> i % 2 == 0 ? n - 1 - i / 2 : i / 2),
          new Order("shuffled", n -> i -> (int) (i * 7_919L % n)));

  List<Bait> all() {
    List<Bait> baits = new ArrayList<>();
    for (Order order : ORDERS) {
      baits.add(
          new Bait("ip", "fragments of 8 bytes, " + order.name, 30_000, n -> fragments(n, order)));
      baits.add(
          new Bait("tcp", "segments of a byte, " + order.name, 8_000, n -> segments(n, order, 1)));
      baits.add(
          new Bait(
              "tcp", "overlapping segments, " + order.name, 8_000, n -> segments(n, order, 3)));
    }
    return baits;
  }

  private Packet packet(byte[] bytes) {
    MemorySegment segment = arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    Packet packet = new Packet();
    Frame frame = new Frame();
    frame.wrap(segment, 0, bytes.length, bytes.length, NANOS, LinkType.ETHERNET, 0, ++number);
    decoder.decode(frame, packet);
    return packet;
  }

  private java.util.function.IntSupplier fragments(int bytes, Order order) {
    int pieces = bytes / PIECE;
    IntUnaryOperator which = order.of.apply(pieces);
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      int piece = which.applyAsInt(i);
      packets.add(
          packet(
              Forge.frame(
                  Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
                  Forge.ipv4("192.0.2.1", "192.0.2.2")
                      .identification(1)
                      .fragment(piece * PIECE, piece < pieces - 1)
                      .protocol(253),
                  Forge.payload(new byte[PIECE]))));
    }
    return () -> {
      Wholes wholes = new Wholes();
      Reassembler reassembler =
          new Reassembler(FragmentOptions.DEFAULT, 7, new CounterBlock(), wholes);
      reassembler.advance(NANOS);
      packets.forEach(reassembler::add);
      return wholes.bytes;
    };
  }

  private java.util.function.IntSupplier segments(int bytes, Order order, int length) {
    IntUnaryOperator which = order.of.apply(bytes);
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < bytes; i++) {
      packets.add(
          packet(
              Forge.frame(
                  Forge.ethernet("02:00:00:00:00:01", "02:00:00:00:00:02"),
                  Forge.ipv4("192.0.2.1", "192.0.2.2"),
                  Forge.tcp(40_000, 80).flags(0x18).sequence(1 + which.applyAsInt(i)),
                  Forge.payload(new byte[length]))));
    }
    Swallower swallower = new Swallower();
    TcpStreams streams = new TcpStreams(StreamOptions.DEFAULT, 1, new CounterBlock(), swallower);
    return () -> {
      swallower.bytes = 0;
      TcpStream stream = Objects.requireNonNull(streams.open());
      streams.begin(stream, true, 1);
      for (Packet packet : packets) {
        streams.segment(stream, packet, true);
      }
      streams.close(stream);
      return swallower.bytes;
    };
  }

  private static final class Wholes implements Reassembler.Listener {
    int bytes;

    @Override
    public void differ(Packet fragment) {}

    @Override
    public void whole(Frame whole, int ipOffset, Packet completedBy, boolean chosen) {
      bytes += whole.capturedLength();
    }
  }

  private static final class Swallower implements StreamListener {
    int bytes;

    @Override
    public boolean data(
        TcpStream stream, boolean toServer, MemorySegment segment, long offset, int length) {
      bytes += length;
      return true;
    }

    @Override
    public boolean gap(TcpStream stream, boolean toServer, long missing) {
      return true;
    }

    @Override
    public void ambiguous(
        TcpStream stream,
        boolean toServer,
        Ambiguity kind,
        long position,
        MemorySegment segment,
        long offset,
        int length) {}

    @Override
    public void alternative(
        TcpStream stream,
        boolean toServer,
        long position,
        MemorySegment segment,
        long offset,
        int length) {}
  }
}
