package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.alert.ElapsedTime;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.sink.evidence.EvidenceCutter;
import tapwarden.inspect.sink.evidence.EvidenceFilter;
import tapwarden.inspect.sink.evidence.EvidenceFrame;
import tapwarden.inspect.sink.evidence.EvidenceHistory;
import tapwarden.inspect.wire.IpAddress;

/**
 * The packets that prove a finding: those of the local side's recent past, kept for the addresses
 * of equipment that talks outside, the one that opened the contact, and the packet itself.
 */
final class SubjectHistory {
  /** Most addresses with a history; a later one's alerts begin with the packet that raised them. */
  private static final int MOST_SUBJECTS = 1 << 16;

  /**
   * Incidents for which this worker has sent the packets before; forgotten all at once when full.
   */
  private static final int MOST_PROVEN = 1 << 16;

  /** First packets of contacts whose verdict hangs on a name: most memory of all workers. */
  private static final long MOST_HELD_BYTES = 32L << 20;

  private final Map<IpAddress, Integer> indexes = new HashMap<>();
  private final Map<IncidentKey, Proven> proven = new HashMap<>();
  private final EvidenceHistory history;
  private final EvidenceCutter cutter;
  private final Networks networks;
  private final SourceNames sources;
  private final CounterBlock counters;
  private final long idleNanos;
  private final ElapsedTime time;
  private final long mostHeldBytes;
  private final boolean wanted;
  private long heldBytes;
  private @Nullable Packet whole;
  private Packet onWire = new Packet();

  /** When an incident's last finding was sent, and whether packets after it are wanted. */
  private record Proven(long nanos, Interest interest) {}

  SubjectHistory(InspectionOptions options, SourceNames sources, CounterBlock counters) {
    this.sources = sources;
    networks = options.networks();
    wanted = options.evidenceWanted();
    this.counters = counters;
    idleNanos = options.incidents().idleNanos();
    time = new ElapsedTime(idleNanos);
    mostHeldBytes = MOST_HELD_BYTES / options.ring().workers();
    cutter = new EvidenceCutter(options.evidence().payload());
    history =
        new EvidenceHistory(
            options.evidence().before(),
            EvidenceHistory.DEFAULT_FRAME_BYTES,
            EvidenceHistory.DEFAULT_MAX_BYTES / options.ring().workers(),
            cutter,
            counters);
  }

  /** The history of the contact's local address; -1 if it gets none. */
  int indexOf(Contact.Parties parties) {
    if (!wanted) {
      return -1;
    }
    IpAddress address = new IpAddress(parties.ipVersion(), parties.localHigh(), parties.localLow());
    Integer index = indexes.get(address);
    if (index == null) {
      if (indexes.size() >= MOST_SUBJECTS) {
        return -1;
      }
      index = indexes.size();
      indexes.put(address, index);
    }
    return index;
  }

  void record(int index, Packet packet) {
    // The fragments of a datagram have been recorded as they came.
    if (packet != whole) {
      history.record(index, packet);
    }
  }

  /**
   * Keeps the first packet of a contact whose verdict is to come, because busy equipment may have
   * sent more than its history holds by then; null if there is no room, which is counted.
   */
  @Nullable EvidenceFrame hold(Packet packet) {
    if (!wanted) {
      return null;
    }
    int bytes = packet == whole ? onWire.capturedLength() : packet.capturedLength();
    if (heldBytes + bytes > mostHeldBytes) {
      counters.increment(Counter.EVIDENCE_HISTORY_REFUSED);
      return null;
    }
    EvidenceFrame frame = frameOf(packet);
    heldBytes += frame.bytes().byteSize();
    return frame;
  }

  /** Gives the room of a held packet back. */
  void letGo(@Nullable EvidenceFrame held) {
    if (held != null) {
      heldBytes -= held.bytes().byteSize();
    }
  }

  EvidenceFrame frameOf(Packet packet) {
    Packet seen = packet == whole ? onWire : packet;
    return EvidenceFrame.of(seen, cutter, sources.of(seen.interfaceIndex()).name());
  }

  /**
   * A datagram was put together: the frame that completed it stands for it, since nothing may prove
   * anything that was not on the wire.
   */
  void standIn(Packet completedBy, Packet datagram) {
    onWire = completedBy;
    whole = datagram;
  }

  /** The clock of packet time has ticked. */
  void tick(long tickNanos) {
    time.goOn(tickNanos);
  }

  /**
   * The packets for a finding, oldest first: without the past if this worker has sent that for its
   * incident and the incident is not over by idleness.
   *
   * @param opening the packet that opened the contact, if it was held
   * @param interest where the desk says whether more packets are wanted
   */
  List<EvidenceFrame> proof(
      Finding finding,
      @Nullable EvidenceFrame opening,
      @Nullable Packet at,
      int historyIndex,
      Interest interest) {
    if (!wanted) {
      return List.of();
    }
    List<EvidenceFrame> proof = new ArrayList<>();
    if (isNew(finding, interest) && historyIndex >= 0) {
      proof.addAll(history.last(historyIndex, about(finding), index -> sources.of(index).name()));
    }
    if (opening != null) {
      insert(opening, proof);
    }
    if (at != null) {
      proof.add(frameOf(at));
    }
    return proof;
  }

  private boolean isNew(Finding finding, Interest interest) {
    if (proven.size() >= MOST_PROVEN) {
      proven.clear();
    }
    Proven last = proven.put(IncidentKey.of(finding), new Proven(time.nanos(), interest));
    return last == null || time.nanos() - last.nanos > idleNanos;
  }

  /** Whether the desk may want a packet that came after findings of these incidents. */
  boolean wantsMore(List<IncidentKey> incidents) {
    if (!wanted) {
      return false;
    }
    for (IncidentKey key : incidents) {
      Proven known = proven.get(key);
      if (known == null || !known.interest.isOver()) {
        return true;
      }
    }
    return false;
  }

  /** Puts a packet in its place by number unless it is there. */
  private static void insert(EvidenceFrame frame, List<EvidenceFrame> frames) {
    int at = frames.size();
    while (at > 0 && frames.get(at - 1).number() > frame.number()) {
      at--;
    }
    if (at == 0 || frames.get(at - 1).number() != frame.number()) {
      frames.add(at, frame);
    }
  }

  /** What the local side exchanged with the endpoint, and its look-ups at home. */
  private EvidenceFilter about(Finding finding) {
    IpAddress endpoint = finding.endpoint().ip();
    EvidenceFilter with = endpoint == null ? null : EvidenceFilter.address(endpoint);
    return (version, sourceHigh, sourceLow, destinationHigh, destinationLow) ->
        (with != null && with.test(version, sourceHigh, sourceLow, destinationHigh, destinationLow))
            || (networks.isHome(version, sourceHigh, sourceLow)
                && networks.isHome(version, destinationHigh, destinationLow));
  }
}
