package tapwarden.inspect.equipment;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.wire.IpAddress;

/**
 * Which address is proven to be which device's, and the facts that follow for equipment. Bounded;
 * an address that finds no room stays nobody's and is counted.
 */
final class Bindings implements ProofSink {
  private static final int MOST_NAME_BYTES = 255;
  private static final int TTL = IdentifiedBy.TTL.bit();

  private final EquipmentDirectory directory;
  private final Devices devices;
  private final int limit;
  private final CounterBlock counters;
  private final List<IdentityFact> facts;
  private final AddressTable byAddress;
  private final List<Binding> bindings = new ArrayList<>();
  private int epoch;

  Bindings(
      EquipmentDirectory directory,
      Devices devices,
      int limit,
      HashKey key,
      CounterBlock counters,
      List<IdentityFact> facts) {
    this.directory = directory;
    this.devices = devices;
    this.limit = limit;
    this.counters = counters;
    this.facts = facts;
    byAddress = new AddressTable(key, limit);
  }

  /** Grows whenever an address changes hands, so that what was remembered of senders is stale. */
  int epoch() {
    return epoch;
  }

  List<Binding> all() {
    return bindings;
  }

  boolean isOwn(Device device, int version, long high, long low) {
    if (device.carriedCount == 0 && device.provenCount == 0) {
      return false;
    }
    int index = byAddress.get(version, high, low);
    return index != AddressTable.ABSENT && bindings.get(index).device == device;
  }

  /** The device sent from a home address, and no router has touched the packet. */
  void carries(Device device, int version, long high, long low) {
    if (device.forwarder) {
      return;
    }
    Binding binding = findOrAdd(device, version, high, low);
    if (binding == null) {
      return;
    }
    for (int i = 0; i < device.carriedCount; i++) {
      if (device.carried[i] == binding) {
        return;
      }
    }
    if (device.carriedCount == device.carried.length) {
      becomesForwarder(device);
    } else {
      device.carried[device.carriedCount++] = binding;
      if (binding.device == null || binding.device == device) {
        prove(binding, device, TTL);
      }
    }
  }

  private void becomesForwarder(Device device) {
    device.forwarder = true;
    epoch++;
    counters.increment(Counter.FORWARDERS_FOUND);
    facts.add(new IdentityFact.Forwards(device.mac));
    for (int i = 0; i < device.carriedCount; i++) {
      Binding binding = device.carried[i];
      device.carried[i] = null;
      if (binding != null && binding.device == device && (binding.proofs & TTL) != 0) {
        binding.proofs &= ~TTL;
        if (binding.proofs == 0) {
          binding.device = null;
        }
        announce(binding);
      }
    }
    device.carriedCount = 0;
  }

  @Override
  public void claim(long mac, int version, long high, long low, IdentifiedBy proof) {
    claim(mac, version, high, low, proof, false);
  }

  @Override
  public void hearsay(long mac, int version, long high, long low, IdentifiedBy proof) {
    claim(mac, version, high, low, proof, true);
  }

  private void claim(
      long mac, int version, long high, long low, IdentifiedBy proof, boolean hearsay) {
    if (!isUnicast(version, high, low)) {
      return;
    }
    Device device = devices.findOrAdd(mac);
    Binding binding = device == null ? null : findOrAdd(device, version, high, low);
    if (device == null || binding == null) {
      return;
    }
    boolean known = binding.device == device && (binding.proofs & proof.bit()) != 0;
    if (known || (hearsay && binding.device != null)) {
      return;
    }
    boolean provenAlready =
        binding.device == device && (binding.proofs & IdentifiedBy.PROTOCOL_PROOFS) != 0;
    if (!provenAlready && device.provenCount == IdentityOptions.MOST_PROVEN_ADDRESSES) {
      counters.increment(Counter.ADDRESS_CLAIMS_REFUSED);
      return;
    }
    prove(binding, device, proof.bit());
  }

  private void prove(Binding binding, Device device, int proof) {
    Device before = binding.device;
    if (before != device) {
      if (before != null) {
        counters.increment(Counter.ADDRESSES_MOVED);
        if ((binding.proofs & IdentifiedBy.PROTOCOL_PROOFS) != 0) {
          before.provenCount--;
        }
      }
      binding.device = device;
      binding.proofs = 0;
      epoch++;
    }
    boolean byProtocol = (proof & IdentifiedBy.PROTOCOL_PROOFS) != 0;
    if (byProtocol && (binding.proofs & IdentifiedBy.PROTOCOL_PROOFS) == 0) {
      device.provenCount++;
    }
    binding.proofs |= proof;
    if (byProtocol && device.declaredByAddress == EquipmentDirectory.NONE) {
      IpAddress address = binding.address;
      device.declaredByAddress =
          directory.byAddress(address.version(), address.high(), address.low());
      announceOwner(device, address);
    }
    announce(binding);
  }

  /** A device that has a declared address is the declared equipment's, unless it is another's. */
  private void announceOwner(Device device, IpAddress address) {
    Equipment known = device.equipment;
    if (device.declaredByAddress == EquipmentDirectory.NONE
        || (known != null && known.declared())) {
      return;
    }
    boolean exact =
        directory.byExactAddress(address.version(), address.high(), address.low())
            == device.declaredByAddress;
    IdentifiedBy by = exact ? IdentifiedBy.IP : IdentifiedBy.CIDR;
    facts.add(
        new IdentityFact.Owned(
            device.mac, directory.equipment(device.declaredByAddress), by.bit()));
  }

  private void announce(Binding binding) {
    Device device = binding.device;
    Equipment equipment = device == null ? null : device.equipment;
    if (device != null && equipment != null) {
      binding.announced = true;
      facts.add(new IdentityFact.Bound(binding.address, equipment, device.how | binding.proofs));
    } else if (binding.announced) {
      binding.announced = false;
      facts.add(new IdentityFact.Withdrawn(binding.address));
    }
  }

  private @Nullable Binding findOrAdd(Device device, int version, long high, long low) {
    int index = byAddress.get(version, high, low);
    if (index != AddressTable.ABSENT) {
      return bindings.get(index);
    }
    if (byAddress.size() >= (device.equipment != null ? limit : IdentityOptions.share(limit))) {
      counters.increment(Counter.ADDRESSES_NOT_LEARNT);
      return null;
    }
    Binding binding = new Binding(new IpAddress(version, high, low));
    byAddress.put(version, high, low, bindings.size());
    bindings.add(binding);
    return binding;
  }

  @Override
  public void name(long mac, MemorySegment segment, long offset, int length) {
    int bytes = Math.min(length, MOST_NAME_BYTES);
    Device device = bytes == 0 ? null : devices.findOrAdd(mac);
    if (device == null) {
      return;
    }
    long hash = bytes;
    for (int i = 0; i < bytes; i++) {
      hash = (hash ^ segment.get(ValueLayout.JAVA_BYTE, offset + i)) * 0x100_0000_01B3L;
    }
    if (device.wantsName(hash)) {
      device.addName(hash, printable(segment, offset, bytes));
    }
  }

  /** ASCII as it is, everything else as a question mark: the text is the sender's. */
  private static String printable(MemorySegment segment, long offset, int bytes) {
    StringBuilder text = new StringBuilder(bytes);
    for (int i = 0; i < bytes; i++) {
      byte b = segment.get(ValueLayout.JAVA_BYTE, offset + i);
      text.append(b >= ' ' && b < 0x7F ? (char) b : '?');
    }
    return text.toString().strip();
  }

  /** Neither unspecified nor loopback, multicast or broadcast. */
  private static boolean isUnicast(int version, long high, long low) {
    if (version == 4) {
      long top = low >>> 24;
      return top != 0 && top != 127 && top < 224;
    }
    return !(high == 0 && low >>> 1 == 0) && high >>> 56 != 0xFF;
  }
}
