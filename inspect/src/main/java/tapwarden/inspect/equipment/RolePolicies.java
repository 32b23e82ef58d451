package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tapwarden.inspect.wire.Cidr;
import tapwarden.inspect.wire.OverlapPolicies;
import tapwarden.inspect.wire.OverlapPolicy;

/**
 * How equipment reads pieces that overlap as long as nobody has said so: by the system that most
 * devices of its role run. Routers and switches are of BSD's stock (Junos is FreeBSD; VxWorks, on
 * which much of the rest was built, has BSD's network code), and so are real-time controllers.
 * Printers read as the printer servers that Novak measured, medical devices and workstations are
 * Windows for the most part. All others, and whoever is no equipment, are taken for Linux.
 *
 * <p>Only what is declared by address has a role here: which device sent a piece is proven by its
 * frame, but not which one will read it.
 */
public final class RolePolicies {
  /** Of whom nothing else is known. */
  public static final OverlapPolicy OTHERS = OverlapPolicy.LINUX;

  private static final Map<String, OverlapPolicy> BY_ROLE =
      Map.of(
          "router", OverlapPolicy.BSD,
          "switch", OverlapPolicy.BSD,
          "plc", OverlapPolicy.BSD,
          "printer", OverlapPolicy.BSD_RIGHT,
          "medical", OverlapPolicy.WINDOWS,
          "workstation", OverlapPolicy.WINDOWS);

  private RolePolicies() {}

  /**
   * @param said what the configuration says of networks; it comes first
   */
  public static OverlapPolicies of(
      List<OverlapPolicies.Entry> said, List<EquipmentDeclaration> equipment) {
    List<OverlapPolicies.Entry> entries = new ArrayList<>();
    for (EquipmentDeclaration declaration : equipment) {
      String role = declaration.role();
      OverlapPolicy policy = role == null ? null : BY_ROLE.get(role);
      if (policy != null) {
        for (Cidr network : declaration.networks()) {
          if (said.stream().noneMatch(entry -> covers(entry.network(), network))) {
            entries.add(new OverlapPolicies.Entry(network, policy));
          }
        }
      }
    }
    entries.addAll(said);
    return new OverlapPolicies(entries, OTHERS);
  }

  /** What was said of a network holds for the equipment in it. */
  private static boolean covers(Cidr outer, Cidr inner) {
    return outer.prefix() <= inner.prefix() && outer.contains(inner.address());
  }
}
