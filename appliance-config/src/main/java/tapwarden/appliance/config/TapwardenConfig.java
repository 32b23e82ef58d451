package tapwarden.appliance.config;

import java.util.List;
import java.util.Map;
import tapwarden.appliance.console.ConsoleOptions;
import tapwarden.capture.ring.RingOptions;
import tapwarden.inspect.alert.IncidentOptions;
import tapwarden.inspect.alert.Suppression;
import tapwarden.inspect.equipment.EquipmentDeclaration;
import tapwarden.inspect.equipment.IdentityOptions;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.equipment.PolicyDeclaration;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.fragment.FragmentOptions;
import tapwarden.inspect.intel.IndicatorSource;
import tapwarden.inspect.sink.RetentionOptions;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.stream.StreamOptions;

/**
 * The whole configuration as values: one record of options a module, each owned by that module.
 *
 * @param vendorGroups groups that the user defined: name to exact organisation names
 */
public record TapwardenConfig(
    Networks networks,
    List<EquipmentDeclaration> equipment,
    List<PolicyDeclaration> policies,
    Map<String, List<String>> vendorGroups,
    List<IndicatorSource> indicators,
    List<Suppression> suppress,
    CaptureOptions capture,
    RingOptions ring,
    FlowOptions flow,
    FragmentOptions fragments,
    StreamOptions stream,
    IdentityOptions identity,
    IncidentOptions incidents,
    EveOptions eve,
    EvidenceOptions evidence,
    RetentionOptions retention,
    ConsoleOptions console) {
  public TapwardenConfig {
    equipment = List.copyOf(equipment);
    policies = List.copyOf(policies);
    vendorGroups = Map.copyOf(vendorGroups);
    indicators = List.copyOf(indicators);
    suppress = List.copyOf(suppress);
  }

  TapwardenConfig withIndicators(List<IndicatorSource> lists) {
    return new TapwardenConfig(
        networks,
        equipment,
        policies,
        vendorGroups,
        lists,
        suppress,
        capture,
        ring,
        flow,
        fragments,
        stream,
        identity,
        incidents,
        eve,
        evidence,
        retention,
        console);
  }
}
