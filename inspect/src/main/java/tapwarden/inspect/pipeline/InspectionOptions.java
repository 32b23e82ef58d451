package tapwarden.inspect.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import tapwarden.capture.ring.RingOptions;
import tapwarden.inspect.alert.IncidentOptions;
import tapwarden.inspect.alert.Suppression;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.IdentityOptions;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.equipment.Policies;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.fragment.FragmentOptions;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.stream.StreamOptions;

/**
 * All that an inspection is told.
 *
 * @param logDirectory where quarantined frames go; events and evidence go where their sinks say
 * @param dnsVersion 2 or 3: the shape of EVE dns events
 * @param evidenceWanted whether packets are kept to prove alerts
 */
public record InspectionOptions(
    Path logDirectory,
    RingOptions ring,
    FlowOptions flow,
    FragmentOptions fragments,
    StreamOptions stream,
    IdentityOptions identity,
    IncidentOptions incidents,
    EvidenceOptions evidence,
    Networks networks,
    EquipmentDirectory directory,
    Policies policies,
    Supplier<IndicatorSet> indicators,
    List<Suppression> suppressions,
    EventSelection events,
    int dnsVersion,
    boolean evidenceWanted) {
  public InspectionOptions {
    suppressions = List.copyOf(suppressions);
  }
}
