package tapwarden.inspect.flow;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A view of one flow in the table: moved from flow to flow, valid until the table's next call.
 * "Client" is the side that opened the flow, "server" the other.
 *
 * <p>For ICMP the client's port is the type of the first message and the server's port the type
 * that answers it, or the code where nothing answers; {@link #snapshot} says it the same way.
 */
public final class Flow implements FlowFacts {
  /** The user flag that makes {@link FlowSnapshot#alerted} true. */
  public static final int ALERTED = 1;

  /** See {@link #startOrder}. */
  public static final int PLACE_BITS = 5;

  /** Numbers of protocols are below it. */
  public static final int MOST_PROTOCOLS = 128;

  private static final int STREAM_OVER = 128;
  private static final String FAILED = "failed";
  private static final int TCP = 6;

  private final FlowSlots slots;
  private final FlowAges ages;
  private MemorySegment segment = MemorySegment.NULL;
  private long hot;
  private long cold;
  private int slot;

  Flow(FlowSlots slots, FlowAges ages) {
    this.slots = slots;
    this.ages = ages;
  }

  Flow show(int slot) {
    this.slot = slot;
    segment = slots.segment(slot);
    hot = FlowSlots.hot(slot);
    cold = FlowSlots.cold(slot);
    return this;
  }

  private long hotLong(int field) {
    return segment.get(FlowSlots.LONG, hot + field);
  }

  private long coldLong(int field) {
    return segment.get(FlowSlots.LONG, cold + field);
  }

  private int coldInt(int field) {
    return segment.get(FlowSlots.INT, cold + field);
  }

  /** The flow's place in the table, by which {@link FlowTable#at} finds it while it lives. */
  public int place() {
    return slot;
  }

  int flags() {
    return segment.get(FlowSlots.INT, hot + FlowSlots.FLAGS);
  }

  private boolean clientIsB() {
    return FlowFlags.has(flags(), FlowFlags.CLIENT_IS_B);
  }

  /** Public id, below 2^53: from key and first packet alone, the same in every run. */
  @Override
  public long flowId() {
    long mix = PublicMix.absorb(0, hotLong(FlowSlots.A_HIGH));
    mix = PublicMix.absorb(mix, hotLong(FlowSlots.A_LOW));
    mix = PublicMix.absorb(mix, hotLong(FlowSlots.B_HIGH));
    mix = PublicMix.absorb(mix, hotLong(FlowSlots.B_LOW));
    mix = PublicMix.absorb(mix, hotLong(FlowSlots.TUPLE));
    mix = PublicMix.absorb(mix, hotLong(FlowSlots.SCOPE) & FlowKey.SCOPE_MASK);
    mix = PublicMix.absorb(mix, tunnelKey());
    mix = PublicMix.absorb(mix, startNanos());
    mix = PublicMix.absorb(mix, startNumber());
    return mix >>> 11;
  }

  @Override
  public int ipVersion() {
    return (int) (hotLong(FlowSlots.TUPLE) >>> 16) & 0xFF;
  }

  /** IP protocol number; 255 if the packet has no readable one. */
  @Override
  public int protocol() {
    return (int) (hotLong(FlowSlots.TUPLE) >>> 24) & 0xFF;
  }

  @Override
  public long clientHigh() {
    return hotLong(clientIsB() ? FlowSlots.B_HIGH : FlowSlots.A_HIGH);
  }

  @Override
  public long clientLow() {
    return hotLong(clientIsB() ? FlowSlots.B_LOW : FlowSlots.A_LOW);
  }

  @Override
  public long serverHigh() {
    return hotLong(clientIsB() ? FlowSlots.A_HIGH : FlowSlots.B_HIGH);
  }

  @Override
  public long serverLow() {
    return hotLong(clientIsB() ? FlowSlots.A_LOW : FlowSlots.B_LOW);
  }

  @Override
  public int clientPort() {
    return port(clientIsB());
  }

  @Override
  public int serverPort() {
    return port(!clientIsB());
  }

  private int port(boolean ofB) {
    return (int) (hotLong(FlowSlots.TUPLE) >>> (ofB ? 32 : 48)) & 0xFFFF;
  }

  /** Id of the innermost tunnel; 0 without one, and where each direction has an id of its own. */
  public long tunnelId() {
    boolean byEndpoints = (hotLong(FlowSlots.SCOPE) & FlowKey.TUNNEL_BY_ENDPOINTS) != 0;
    return byEndpoints ? 0 : tunnelKey();
  }

  private long tunnelKey() {
    return Integer.toUnsignedLong(segment.get(FlowSlots.INT, hot + FlowSlots.TUNNEL_ID));
  }

  @Override
  public int interfaceIndex() {
    return Short.toUnsignedInt(segment.get(FlowSlots.SHORT, cold + FlowSlots.INTERFACE));
  }

  /** Number of the first packet. */
  public long startNumber() {
    return startWord() & ~(-1L << FlowSlots.PLACE_SHIFT);
  }

  /**
   * Number of the first packet, times two to the power of {@link #PLACE_BITS}, plus the place among
   * flows that began with the same packet but out of different datagrams. Orders flows.
   */
  public long startOrder() {
    return startNumber() << PLACE_BITS | startWord() >>> FlowSlots.PLACE_SHIFT;
  }

  private long startWord() {
    return coldLong(FlowSlots.START_NUMBER);
  }

  @Override
  public long startNanos() {
    return coldLong(FlowSlots.START_NANOS);
  }

  @Override
  public long lastNumber() {
    return hotLong(FlowSlots.LAST_NUMBER);
  }

  @Override
  public long lastNanos() {
    return hotLong(FlowSlots.LAST_NANOS);
  }

  @Override
  public long packetsToServer() {
    return hotLong(clientIsB() ? FlowSlots.PACKETS_B : FlowSlots.PACKETS_A);
  }

  @Override
  public long packetsToClient() {
    return hotLong(clientIsB() ? FlowSlots.PACKETS_A : FlowSlots.PACKETS_B);
  }

  /** Bytes on the wire, link-layer headers included. */
  @Override
  public long bytesToServer() {
    return hotLong(clientIsB() ? FlowSlots.BYTES_B : FlowSlots.BYTES_A);
  }

  @Override
  public long bytesToClient() {
    return hotLong(clientIsB() ? FlowSlots.BYTES_A : FlowSlots.BYTES_B);
  }

  @Override
  public FlowSnapshot.State state() {
    return FlowAges.STATES[FlowFlags.state(flags())];
  }

  /** All TCP flags that the client sent, or-ed. */
  @Override
  public int tcpFlagsToServer() {
    return tcpFlags(clientIsB());
  }

  @Override
  public int tcpFlagsToClient() {
    return tcpFlags(!clientIsB());
  }

  private int tcpFlags(boolean fromB) {
    int shift = fromB ? FlowSlots.TCP_FLAGS_B_SHIFT : FlowSlots.TCP_FLAGS_A_SHIFT;
    return (int) (hotLong(FlowSlots.SCOPE) >>> shift) & 0xFF;
  }

  /** Whether the client has sent payload. */
  public boolean payloadToServer() {
    return FlowFlags.has(flags(), clientIsB() ? FlowFlags.PAYLOAD_B : FlowFlags.PAYLOAD_A);
  }

  public boolean payloadToClient() {
    return FlowFlags.has(flags(), clientIsB() ? FlowFlags.PAYLOAD_A : FlowFlags.PAYLOAD_B);
  }

  /** Whether the flow is subscribers' traffic inside a user-plane tunnel. */
  public boolean isUserPlane() {
    return FlowFlags.has(flags(), FlowFlags.USER_PLANE);
  }

  /**
   * Whether the mirror shows one side only: TCP, at least two packets of one side and none of the
   * other, and an acknowledgment among them, so that the other side did send something.
   */
  public boolean isOneSided() {
    long toServer = packetsToServer();
    long toClient = packetsToClient();
    if (protocol() != TCP || (toServer != 0 && toClient != 0) || toServer + toClient < 2) {
      return false;
    }
    return ((tcpFlagsToServer() | tcpFlagsToClient()) & TcpTracker.ACK) != 0;
  }

  /** The table user's number, such as the equipment that the flow belongs to; -1 until set. */
  public int ownerIndex() {
    return FlowFlags.has(flags(), FlowFlags.OWNED) ? coldInt(FlowSlots.OWNER_INDEX) : -1;
  }

  public void ownerIndex(int index) {
    segment.set(FlowSlots.INT, cold + FlowSlots.OWNER_INDEX, index);
    flag(FlowFlags.OWNED, index >= 0);
  }

  /** The table user's second number, such as an index into a table of its own; -1 until set. */
  public int attachment() {
    return FlowFlags.has(flags(), FlowFlags.ATTACHED) ? coldInt(FlowSlots.ATTACHMENT) : -1;
  }

  public void attachment(int value) {
    segment.set(FlowSlots.INT, cold + FlowSlots.ATTACHMENT, value);
    flag(FlowFlags.ATTACHED, value >= 0 || coldInt(FlowSlots.STREAM) >= 0);
  }

  /** Number of the stream that puts the flow's segments in order; -1 without one. */
  public int stream() {
    return FlowFlags.has(flags(), FlowFlags.ATTACHED) ? coldInt(FlowSlots.STREAM) : -1;
  }

  public void stream(int slot) {
    segment.set(FlowSlots.INT, cold + FlowSlots.STREAM, slot);
    flag(FlowFlags.ATTACHED, slot >= 0 || coldInt(FlowSlots.ATTACHMENT) >= 0);
  }

  private int protocolByte() {
    return segment.get(FlowSlots.BYTE, cold + FlowSlots.PROTOCOL) & 0xFF;
  }

  private void protocolByte(int value) {
    segment.set(FlowSlots.BYTE, cold + FlowSlots.PROTOCOL, (byte) value);
  }

  /** Whether nobody wants to read the flow any more. */
  public boolean isStreamOver() {
    return (protocolByte() & STREAM_OVER) != 0;
  }

  public void streamOver() {
    protocolByte(protocolByte() | STREAM_OVER);
  }

  /** Number of the protocol spoken ({@link FlowTable#nameProtocols}); 0 while none is known. */
  public int protocolNumber() {
    return protocolByte() & ~STREAM_OVER;
  }

  public void protocolNumber(int number) {
    protocolByte((protocolByte() & STREAM_OVER) | number);
  }

  /** The word of {@link #protocolNumber}, null for none, "failed" where it was given up. */
  @Override
  public @Nullable String appProtocol() {
    int number = protocolNumber();
    if (number == 0) {
      return isStreamOver() ? FAILED : null;
    }
    return slots.protocolWords.get(number);
  }

  /** Whether a side has sent anything that is numbered. */
  public boolean knowsSequence(boolean toServer) {
    boolean ofB = toServer == clientIsB();
    return FlowFlags.has(flags(), ofB ? FlowFlags.SEQUENCE_B : FlowFlags.SEQUENCE_A);
  }

  /** The number that follows the highest of a side, if anything is known of them. */
  public int nextSequence(boolean toServer) {
    boolean ofB = toServer == clientIsB();
    return segment.get(
        FlowSlots.INT, hot + (ofB ? FlowSlots.NEXT_SEQUENCE_B : FlowSlots.NEXT_SEQUENCE_A));
  }

  /** Whether a side left a number out: {@link #missingSequence}. */
  public boolean isSequenceMissing(boolean toServer) {
    boolean ofB = toServer == clientIsB();
    return FlowFlags.has(flags(), ofB ? FlowFlags.HOLE_B : FlowFlags.HOLE_A);
  }

  /** The first number that a side left out. */
  public int missingSequence(boolean toServer) {
    return coldInt(toServer == clientIsB() ? FlowSlots.HOLE_B : FlowSlots.HOLE_A);
  }

  /**
   * The number of the first byte of a side whose first SYN was seen; to be asked for as long as the
   * side has said nothing, or at the first segment with which it does.
   */
  public int firstSequence(boolean toServer) {
    return missingSequence(toServer);
  }

  /** A number for the table user, of flows that are not TCP; 0 at first. */
  public int lateTries() {
    return coldInt(FlowSlots.LATE_TRIES);
  }

  public void lateTries(int tries) {
    segment.set(FlowSlots.INT, cold + FlowSlots.LATE_TRIES, tries);
  }

  private void flag(int bit, boolean set) {
    segment.set(FlowSlots.INT, hot + FlowSlots.FLAGS, FlowFlags.with(flags(), bit, set));
  }

  /** Eight bits for the table user; 0 at first. Bit {@link #ALERTED} has a meaning here too. */
  public int userFlags() {
    return segment.get(FlowSlots.BYTE, cold + FlowSlots.USER_FLAGS) & 0xFF;
  }

  public void userFlags(int flags) {
    segment.set(FlowSlots.BYTE, cold + FlowSlots.USER_FLAGS, (byte) flags);
  }

  @Override
  public boolean alerted() {
    return (userFlags() & ALERTED) != 0;
  }

  /** 0: nobody's. Above: given up only when no flow of priority 0 is left. */
  public void ownerPriority(int priority) {
    ages.refile(slot, priority != 0);
  }

  /** The flow as it stands, as a value. */
  public FlowSnapshot snapshot(FlowSnapshot.@Nullable End end) {
    return new FlowSnapshot(
        flowId(),
        ipVersion(),
        clientHigh(),
        clientLow(),
        serverHigh(),
        serverLow(),
        clientPort(),
        serverPort(),
        protocol(),
        vlans(),
        tunnelId(),
        interfaceIndex(),
        startNumber(),
        startNanos(),
        lastNumber(),
        lastNanos(),
        packetsToServer(),
        packetsToClient(),
        bytesToServer(),
        bytesToClient(),
        state(),
        end,
        tcpFlagsToServer(),
        tcpFlagsToClient(),
        isOneSided(),
        alerted(),
        isUserPlane(),
        appProtocol());
  }

  /** VLAN ids of the first packet, outermost first; empty if VLANs are not part of the key. */
  @Override
  public List<Integer> vlans() {
    long scope = hotLong(FlowSlots.SCOPE);
    int count = (int) (scope >>> FlowKey.VLAN_COUNT_SHIFT) & 3;
    if (count == 0) {
      return List.of();
    }
    List<Integer> vlans = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      vlans.add((int) (scope >>> (12 * i)) & 0xFFF);
    }
    return List.copyOf(vlans);
  }
}
