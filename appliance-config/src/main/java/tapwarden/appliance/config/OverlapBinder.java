package tapwarden.appliance.config;

import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.equipment.EquipmentDeclaration;
import tapwarden.inspect.equipment.RolePolicies;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * Reads {@code overlap-policy:}, which is one policy for everybody, or a list of networks with
 * theirs; what is not said follows from the roles of the equipment.
 */
final class OverlapBinder {
  static final String KEY = "overlap-policy";

  private OverlapBinder() {}

  static OverlapPolicies bind(
      Section section, List<EquipmentDeclaration> equipment, ConfigProblems problems) {
    if (!section.isList(KEY)) {
      OverlapPolicy everywhere = section.choice(KEY, RolePolicies.OTHERS);
      return section.has(KEY)
          ? OverlapPolicies.everywhere(everywhere)
          : RolePolicies.of(List.of(), equipment);
    }
    List<OverlapPolicies.Entry> said = new ArrayList<>();
    for (Section entry : section.entries(KEY)) {
      OverlapPolicy policy = entry.choice("policy", RolePolicies.OTHERS);
      if (!entry.has("policy") || !entry.has("cidr")) {
        problems.error(entry.position(), "an entry needs 'cidr' and 'policy'");
      }
      for (Cidr network : Words.networks(entry.items("cidr"), problems)) {
        if (said.stream().anyMatch(other -> other.network().equals(network))) {
          problems.error(entry.position("cidr"), "'" + network + "' has a policy already");
        }
        said.add(new OverlapPolicies.Entry(network, policy));
      }
      entry.end();
    }
    return RolePolicies.of(said, equipment);
  }
}
