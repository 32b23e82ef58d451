package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.List;
import tapwarden.inspect.wire.Cidr;

/** Builds an {@link EquipmentDeclaration} for a test. */
final class Declared {
  private final String id;
  private final List<Cidr> networks = new ArrayList<>();
  private final List<Long> macs = new ArrayList<>();
  private final List<String> vendors = new ArrayList<>();
  private final List<Integer> vlans = new ArrayList<>();
  private final List<String> interfaces = new ArrayList<>();
  private String vendor;
  private String policy;

  private Declared(String id) {
    this.id = id;
  }

  static Declared of(String id) {
    return new Declared(id);
  }

  Declared network(String text) {
    networks.add(Cidr.parse(text));
    return this;
  }

  Declared mac(long mac) {
    macs.add(mac);
    return this;
  }

  Declared vendorMatch(String group) {
    vendors.add(group);
    return this;
  }

  Declared vlan(int vlan) {
    vlans.add(vlan);
    return this;
  }

  Declared onInterface(String name) {
    interfaces.add(name);
    return this;
  }

  Declared vendor(String name) {
    vendor = name;
    return this;
  }

  Declared policy(String name) {
    policy = name;
    return this;
  }

  EquipmentDeclaration build() {
    return new EquipmentDeclaration(
        id, networks, macs, vendors, vlans, interfaces, vendor, null, policy, "test.yaml:" + id);
  }
}
