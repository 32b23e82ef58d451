package tapwarden.appliance.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.equipment.PolicyDeclaration;
import tapwarden.inspect.wire.Cidr;

/** Reads an entry of {@code policies:}. */
final class PolicyBinder {
  private PolicyBinder() {}

  static PolicyDeclaration bind(Item name, Section section, ConfigProblems problems) {
    List<PolicyDeclaration.Allow> allow = new ArrayList<>();
    for (Section entry : section.entries("allow")) {
      PolicyDeclaration.Allow allowed = allow(entry, problems);
      if (allowed != null) {
        allow.add(allowed);
      }
    }
    PolicyDeclaration policy =
        new PolicyDeclaration(
            name.text(),
            List.copyOf(allow),
            section.date("learn-until"),
            name.position().toString());
    section.end();
    return policy;
  }

  private static PolicyDeclaration.@Nullable Allow allow(Section entry, ConfigProblems problems) {
    String name = entry.text("name");
    String cidr = entry.text("cidr");
    String proto = entry.text("proto");
    String port = entry.text("port");
    String why = entry.text("why", "");
    entry.end();
    if (name == null && cidr == null && proto == null && port == null) {
      problems.error(
          entry.position(),
          "this entry allows every contact with everybody",
          "name at least one of: name, cidr, proto, port");
      return null;
    }
    if (name != null && !Words.isName(name)) {
      problems.error(
          entry.position("name"),
          "'" + Visible.text(name) + "' is no name",
          "a name is written host.example.net or *.example.net");
      return null;
    }
    Cidr network =
        cidr == null ? null : Words.network(new Item(cidr, entry.position("cidr")), problems);
    int protocol =
        proto == null ? -1 : Words.protocol(new Item(proto, entry.position("proto")), problems);
    int[] ports =
        port == null
            ? new int[] {-1, -1}
            : Words.ports(new Item(port, entry.position("port")), problems);
    if (ports == null || (cidr != null && network == null) || (proto != null && protocol < 0)) {
      return null;
    }
    String lower = name == null ? null : name.toLowerCase(Locale.ROOT);
    return new PolicyDeclaration.Allow(lower, network, protocol, ports[0], ports[1], why);
  }
}
