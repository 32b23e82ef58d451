package tapwarden.appliance.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.equipment.EquipmentDeclaration;
import tapwarden.inspect.equipment.VendorGroups;
import tapwarden.inspect.wire.Cidr;

/** Reads the entries of {@code equipment:}. */
final class EquipmentBinder {
  /** The table of organisations behind the groups is read only when somebody names one. */
  private static final class ReadyMade {
    static final List<String> GROUPS = VendorGroups.standard().ids();
  }

  private final Collection<String> policies;
  private final Set<String> vendorGroups;
  private final ConfigProblems problems;

  EquipmentBinder(
      Collection<String> policies, Collection<String> vendorGroups, ConfigProblems problems) {
    this.policies = policies;
    this.vendorGroups = new HashSet<>(vendorGroups);
    this.problems = problems;
  }

  EquipmentDeclaration bind(Section entry) {
    String id = entry.requiredText("id");
    if (!id.equals(Visible.text(id)) || id.length() > 128) {
      problems.error(entry.position("id"), "an id is at most 128 visible characters");
    }
    if (!entry.has("match")) {
      problems.error(entry.position("id"), "'match' is missing, so nothing belongs to it");
    }
    Section match = entry.section("match");
    List<Cidr> networks = new ArrayList<>(Words.networks(match.items("ip"), problems));
    networks.addAll(Words.networks(match.items("cidr"), problems));
    EquipmentDeclaration declaration =
        new EquipmentDeclaration(
            id,
            List.copyOf(networks),
            macs(match),
            vendors(match),
            vlans(match),
            match.items("interface").stream().map(Item::text).toList(),
            entry.text("vendor"),
            entry.text("role"),
            policy(entry),
            entry.position("id").toString());
    refuseEmpty(entry, match);
    match.end();
    entry.end();
    return declaration;
  }

  private void refuseEmpty(Section entry, Section match) {
    if (entry.has("match") && match.names().isEmpty()) {
      problems.error(
          entry.position("match"),
          "'match' names nothing, so nothing belongs to it",
          "allowed: ip, cidr, mac, vendor, vlan, interface");
    }
  }

  private List<Long> macs(Section match) {
    List<Long> macs = new ArrayList<>();
    for (Item item : match.items("mac")) {
      Long mac = Words.mac(item, problems);
      if (mac != null) {
        macs.add(mac);
      }
    }
    return List.copyOf(macs);
  }

  private List<String> vendors(Section match) {
    List<String> vendors = new ArrayList<>();
    for (Item item : match.items("vendor")) {
      vendorGroups.addAll(ReadyMade.GROUPS);
      if (!vendorGroups.contains(item.text())) {
        problems.unknown(item.position(), "vendor group", item.text(), vendorGroups);
      }
      vendors.add(item.text());
    }
    return List.copyOf(vendors);
  }

  private List<Integer> vlans(Section match) {
    List<Integer> vlans = new ArrayList<>();
    for (Item item : match.items("vlan")) {
      Integer vlan = Words.number(item, "VLAN", 0, 4095, problems);
      if (vlan != null) {
        vlans.add(vlan);
      }
    }
    return List.copyOf(vlans);
  }

  private @Nullable String policy(Section entry) {
    String policy = entry.text("policy");
    if (policy != null && !policies.contains(policy)) {
      problems.unknown(entry.position("policy"), "policy", policy, policies);
    }
    return policy;
  }
}
