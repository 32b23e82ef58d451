package tapwarden.inspect.explain;

import org.jspecify.annotations.Nullable;

/** Who was assigned the block that a hardware address lies in. */
@FunctionalInterface
public interface MacVendor {
  /** Knows nobody. */
  MacVendor UNKNOWN = mac -> null;

  /**
   * Organisation that the address was assigned to, null if it is not known.
   *
   * @param mac 48 bits, first octet on the wire highest
   */
  @Nullable String vendorOf(long mac);
}
