package tapwarden.inspect.fragment;

import static tapwarden.capture.forge.Forge.ethernet;
import static tapwarden.capture.forge.Forge.frame;
import static tapwarden.capture.forge.Forge.ipv4;
import static tapwarden.capture.forge.Forge.ipv6;
import static tapwarden.capture.forge.Forge.ipv6Fragment;
import static tapwarden.capture.forge.Forge.payload;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Fragments for a reassembler, and what comes of them as text: the data of each reading, those that
 * are not the chosen one in brackets; {@code !} where fragments contradict each other.
 */
final class FragmentScript implements Reassembler.Listener {
  static final Layer ETHERNET = ethernet("02:00:00:00:00:01", "02:00:00:00:00:02");
  private static final int UNKNOWN_PROTOCOL = 253;

  final Counters counters = new Counters();
  final List<String> told = new ArrayList<>();
  final List<Packet> packets = new ArrayList<>();
  final Reassembler reassembler;
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet packet = new Packet();
  private final int version;
  private long nanos = 1_000_000_000L;
  private long number;

  FragmentScript(FragmentOptions options, int version) {
    this(options, version, Reassembler.MOST_DONE);
  }

  /**
   * @param mostDone how many datagrams are kept that were whole
   */
  FragmentScript(FragmentOptions options, int version, int mostDone) {
    this.version = version;
    reassembler = new Reassembler(options, mostDone, 42, counters.newBlock(), this);
    reassembler.advance(nanos);
  }

  static FragmentScript v4(OverlapPolicy policy) {
    return new FragmentScript(options(policy), 4);
  }

  static FragmentScript v6(OverlapPolicy policy) {
    return new FragmentScript(options(policy), 6);
  }

  static FragmentOptions options(OverlapPolicy policy) {
    FragmentOptions d = FragmentOptions.DEFAULT;
    return new FragmentOptions(
        d.memoryBytes(),
        d.datagrams(),
        d.piecesADatagram(),
        d.timeoutSeconds(),
        OverlapPolicies.everywhere(policy));
  }

  /** A fragment of datagram 1. */
  FragmentScript put(int offset, boolean more, String data) {
    return put(1, offset, more, data);
  }

  FragmentScript put(int id, int offset, boolean more, String data) {
    return put(id, offset, more, data.getBytes(StandardCharsets.ISO_8859_1));
  }

  FragmentScript put(int id, int offset, boolean more, byte[] data) {
    return bytes(fragment(version, id, offset, more, data));
  }

  static byte[] fragment(int version, int id, int offset, boolean more, byte[] data) {
    return version == 4
        ? frame(
            ETHERNET,
            ipv4("192.0.2.1", "192.0.2.2")
                .identification(id)
                .fragment(offset, more)
                .protocol(UNKNOWN_PROTOCOL),
            payload(data))
        : frame(
            ETHERNET,
            ipv6("2001:db8::1", "2001:db8::2"),
            ipv6Fragment(offset, more, id).nextHeader(UNKNOWN_PROTOCOL),
            payload(data));
  }

  FragmentScript bytes(byte[] frame) {
    return captured(frame, frame.length);
  }

  FragmentScript captured(byte[] frame, int length) {
    decoder.decode(
        new Frame()
            .wrap(
                MemorySegment.ofArray(frame),
                0,
                length,
                frame.length,
                nanos,
                LinkType.ETHERNET,
                0,
                ++number),
        packet);
    if (packet.isFragment()) {
      reassembler.add(packet);
    }
    return this;
  }

  FragmentScript after(long seconds) {
    nanos += seconds * 1_000_000_000L;
    reassembler.advance(nanos);
    return this;
  }

  long count(Counter counter) {
    return counters.sum(counter);
  }

  @Override
  public void differ(Packet fragment) {
    told.add("!");
  }

  @Override
  public void whole(Frame whole, int ipOffset, Packet completedBy, boolean chosen) {
    Packet decoded = new Packet();
    new PacketDecoder().decodeWhole(whole, ipOffset, decoded, Packet.MAX_LAYERS);
    packets.add(decoded);
    String data =
        new String(
            whole
                .segment()
                .asSlice(decoded.payloadOffset(), decoded.payloadLength())
                .toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.ISO_8859_1);
    told.add(chosen ? data : "(" + data + ")");
  }
}
