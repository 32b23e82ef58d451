package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.equipment.claim.ClaimRules;
import tapwarden.inspect.equipment.claim.Families;
import tapwarden.inspect.wire.IpAddress;

/**
 * All that devices have said of themselves, with what follows from it. One thread, to which the
 * messages of all workers come in one order; bounded by {@link TraitLimits}.
 *
 * <p>A repeat within the hour changes nothing whatever, because workers keep back those that they
 * remember ({@link TraitMemory}); so what is in the book and what is news depends on the packets
 * alone.
 */
public final class TraitBook {
  /** Whose words they are if no equipment's: an address or a hardware address. */
  private sealed interface Speaker {
    record Known(int index) implements Speaker {}

    record At(IpAddress address) implements Speaker {}

    record Mac(long mac) implements Speaker {}
  }

  private final TraitLimits limits;
  private final CounterBlock counters;
  private final ClaimRules rules = ClaimRules.standard();
  private final Families families = Families.standard();
  private final Map<Speaker, DeviceTraits> devices = new LinkedHashMap<>();
  private long characters;

  public TraitBook(TraitLimits limits, CounterBlock counters) {
    this.limits = limits;
    this.counters = counters;
  }

  /**
   * Takes note of what a device said.
   *
   * @param at where the packet is that said it
   * @return what is new, or null if it was known or there is no room for it
   */
  public @Nullable TraitNews hear(TraitSeen seen, PacketPlace at) {
    Speaker speaker = speakerOf(seen);
    if (speaker == null) {
      return null;
    }
    DeviceTraits device = devices.get(speaker);
    if (device == null) {
      if (devices.size() >= share(limits.devices(), seen)) {
        counters.increment(Counter.TRAITS_NOT_KEPT);
        return null;
      }
      device = new DeviceTraits();
      devices.put(speaker, device);
    }
    if (device.isKnown(seen, at)) {
      return null;
    }
    String previous = device.latest(seen.trait());
    int freed =
        characters + seen.text().length() > share(limits.characters(), seen)
            ? -1
            : device.makeRoom(seen, limits);
    if (freed < 0) {
      if (device.refuse(seen)) {
        counters.increment(Counter.TRAITS_NOT_KEPT);
      }
      return null;
    }
    characters += seen.text().length() - freed;
    device.add(seen, at);
    Trait trait = new Trait(seen.trait(), seen.text(), at, at);
    List<Claim> claims = claims(seen.equipment(), trait);
    List<Claim> contradictions = new ArrayList<>();
    for (Claim claim : claims) {
      if (claim.contradictsDeclared() && device.isNewContradiction(claim.guess())) {
        contradictions.add(claim);
      }
    }
    return new TraitNews(seen, idOf(seen), trait, previous, claims, List.copyOf(contradictions));
  }

  private static int share(int limit, TraitSeen seen) {
    return seen.equipment() != null ? limit : IdentityOptions.share(limit);
  }

  private static @Nullable Speaker speakerOf(TraitSeen seen) {
    Equipment equipment = seen.equipment();
    if (equipment != null) {
      return new Speaker.Known(equipment.index());
    }
    IpAddress address = seen.address();
    if (address != null) {
      return new Speaker.At(address);
    }
    return seen.mac() < 0 ? null : new Speaker.Mac(seen.mac());
  }

  private static String idOf(TraitSeen seen) {
    Equipment equipment = seen.equipment();
    IpAddress address = seen.address();
    return equipment != null
        ? equipment.id()
        : address != null ? address.toString() : DirectoryCompiler.macText(seen.mac());
  }

  /** What a device's words say that it is. */
  private List<Claim> claims(@Nullable Equipment equipment, Trait trait) {
    boolean declared = equipment != null && equipment.declared();
    String vendor = declared && equipment != null ? equipment.vendor() : null;
    String role = declared && equipment != null ? equipment.role() : null;
    return rules.guesses(trait.word(), trait.text()).stream()
        .map(guess ->
            new Claim(
                guess, trait.word(), trait.first(), families.contradicts(guess, vendor, role)))
        .toList();
  }

  /** The claims of all those traits, in their order. */
  List<Claim> claims(@Nullable Equipment equipment, List<Trait> traits) {
    return traits.stream().flatMap(trait -> claims(equipment, trait).stream()).toList();
  }

  /** What that equipment said; empty if nothing. */
  List<Trait> ofEquipment(int index) {
    return of(new Speaker.Known(index));
  }

  /** What was said from that address while it was nobody's. */
  List<Trait> ofAddress(IpAddress address) {
    return of(new Speaker.At(address));
  }

  /** What was said by that hardware address while it was nobody's. */
  List<Trait> ofMac(long mac) {
    return of(new Speaker.Mac(mac));
  }

  private List<Trait> of(Speaker speaker) {
    DeviceTraits device = devices.get(speaker);
    return device == null ? List.of() : device.traits();
  }

  /** All addresses from which something was said while they were nobody's, oldest first. */
  List<IpAddress> addresses() {
    List<IpAddress> addresses = new ArrayList<>();
    for (Speaker speaker : devices.keySet()) {
      if (speaker instanceof Speaker.At(IpAddress address)) {
        addresses.add(address);
      }
    }
    return addresses;
  }
}
