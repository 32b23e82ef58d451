package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
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
 * of equipment that talks outside, and the packet itself.
 */
final class SubjectHistory {
  /** Most addresses with a history; a later one's alerts begin with the packet that raised them. */
  private static final int MOST_SUBJECTS = 1 << 16;

  /**
   * Incidents for which this worker has sent the packets before; forgotten all at once when full.
   */
  private static final int MOST_PROVEN = 1 << 16;

  private final Map<IpAddress, Integer> indexes = new HashMap<>();
  private final Set<IncidentKey> proven = new HashSet<>();
  private final EvidenceHistory history;
  private final EvidenceCutter cutter;
  private final Networks networks;
  private final SourceNames sources;
  private final boolean wanted;

  SubjectHistory(InspectionOptions options, SourceNames sources, CounterBlock counters) {
    this.sources = sources;
    networks = options.networks();
    wanted = options.evidenceWanted();
    cutter = new EvidenceCutter(options.evidence().payload());
    history =
        new EvidenceHistory(
            options.evidence().before(),
            EvidenceHistory.DEFAULT_SLOT_BYTES,
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
    history.record(index, packet);
  }

  EvidenceFrame frameOf(Packet packet) {
    return EvidenceFrame.of(packet, cutter, sources.of(packet.interfaceIndex()).name());
  }

  /**
   * The packets for a finding, oldest first: empty if this worker has sent some for its incident.
   */
  List<EvidenceFrame> proof(Finding finding, @Nullable Packet at, int historyIndex) {
    if (!wanted) {
      return List.of();
    }
    if (proven.size() >= MOST_PROVEN) {
      proven.clear();
    }
    if (!proven.add(IncidentKey.of(finding))) {
      return List.of();
    }
    List<EvidenceFrame> proof = new ArrayList<>();
    if (historyIndex >= 0) {
      proof.addAll(history.last(historyIndex, about(finding), index -> sources.of(index).name()));
    }
    if (at != null) {
      proof.add(frameOf(at));
    }
    return proof;
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
