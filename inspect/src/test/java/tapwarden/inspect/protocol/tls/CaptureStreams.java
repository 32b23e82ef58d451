package tapwarden.inspect.protocol.tls;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.CaptureFormatException;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.wire.IpProtocol;

/**
 * The payloads of a capture by direction: of UDP as they came, of TCP sorted by sequence number
 * from the SYN (or the lowest number seen), what comes twice taken once. Enough to show codecs real
 * bytes; no policy, no limit.
 */
final class CaptureStreams {
  private static final int SYN = 2;

  /** Bytes at an offset of their direction; {@code offset} is 0 for datagrams. */
  record Piece(long offset, byte[] bytes) {
    long end() {
      return offset + bytes.length;
    }
  }

  private static final class Direction {
    long base = -1;
    final List<Piece> pieces = new ArrayList<>();
  }

  private final FrameBatch batch = new FrameBatch(1_024, 1 << 20);
  private final PacketDecoder decoder = new PacketDecoder();
  private final Map<String, Direction> open = new LinkedHashMap<>();
  private final List<Direction> closed = new ArrayList<>();
  private final Map<String, List<byte[]>> datagrams = new LinkedHashMap<>();

  static CaptureStreams of(Path capture) throws IOException {
    CaptureStreams streams = new CaptureStreams();
    try (SequenceSource source = SequenceSource.open(List.of(capture.toString()), false)) {
      streams.read(source);
    } catch (CaptureFormatException refused) {
      // No capture to this reader: there is nothing in it, so that the comparison tells.
    }
    return streams;
  }

  /**
   * Each TCP direction as runs without a gap; a run starts at a piece's start. The pieces' own
   * boundaries stay, for what starts within a stream.
   */
  List<List<Piece>> runs() {
    List<List<Piece>> runs = new ArrayList<>();
    List<Direction> all = new ArrayList<>(closed);
    all.addAll(open.values());
    for (Direction direction : all) {
      direction.pieces.sort(Comparator.comparingLong(Piece::offset));
      List<Piece> run = new ArrayList<>();
      long next = Long.MIN_VALUE;
      for (Piece piece : direction.pieces) {
        if (piece.offset() > next && !run.isEmpty()) {
          runs.add(run);
          run = new ArrayList<>();
        }
        if (run.isEmpty() || piece.end() > next) {
          int known = run.isEmpty() ? 0 : (int) (next - piece.offset());
          byte[] fresh = Arrays.copyOfRange(piece.bytes(), known, piece.bytes().length);
          run.add(new Piece(piece.offset() + known, fresh));
          next = piece.end();
        }
      }
      if (!run.isEmpty()) {
        runs.add(run);
      }
    }
    return runs;
  }

  /** The datagrams of each UDP direction. */
  List<List<byte[]>> datagrams() {
    return List.copyOf(datagrams.values());
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
        if (packet.hasPorts()) {
          take(packet);
        }
      }
    }
  }

  private void take(Packet packet) {
    String key =
        "%d %x:%x %d > %x:%x %d"
            .formatted(
                packet.protocol(),
                packet.sourceHigh(),
                packet.sourceLow(),
                packet.sourcePort(),
                packet.destinationHigh(),
                packet.destinationLow(),
                packet.destinationPort());
    byte[] bytes = new byte[packet.payloadLength()];
    MemorySegment.copy(
        packet.segment(), packet.payloadOffset(), MemorySegment.ofArray(bytes), 0, bytes.length);
    if (packet.protocol() == IpProtocol.UDP) {
      datagrams.computeIfAbsent(key, k -> new ArrayList<>()).add(bytes);
    } else if (packet.protocol() == IpProtocol.TCP) {
      takeSegment(key, packet, bytes);
    }
  }

  private void takeSegment(String key, Packet packet, byte[] bytes) {
    boolean syn = (packet.tcpFlags() & SYN) != 0;
    long sequence = packet.tcpSequence() + (syn ? 1 : 0);
    Direction direction = open.get(key);
    if (direction != null && syn && direction.base != sequence) {
      closed.add(direction);
      direction = null;
    }
    if (direction == null) {
      direction = new Direction();
      direction.base = sequence;
      open.put(key, direction);
    }
    if (bytes.length > 0) {
      direction.pieces.add(new Piece((int) (sequence - direction.base), bytes));
    }
  }
}
