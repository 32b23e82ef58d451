package tapwarden.inspect.equipment;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;

/** An address and the device that is known to own it. */
final class Binding {
  final IpAddress address;

  /** The owner; null when what bound the address was withdrawn. */
  @Nullable Device device;

  /** {@link IdentifiedBy} bits that prove it; 0 without an owner. */
  int proofs;

  /** Whether the last fact about the address said that it is equipment's. */
  boolean announced;

  Binding(IpAddress address) {
    this.address = address;
  }
}
