package tapwarden.inspect.equipment;

/**
 * Limits of what is learnt about hardware addresses. A full table learns nothing new, which is
 * counted; equipment that is declared by address is found all the same. The last quarter of both
 * tables is kept for hardware addresses that are equipment's, so that a flood of others cannot keep
 * equipment out.
 *
 * @param macLimit most hardware addresses remembered
 * @param addressLimit most IP addresses remembered with the hardware address that owns them
 */
public record IdentityOptions(int macLimit, int addressLimit) {
  public static final IdentityOptions DEFAULT = new IdentityOptions(65_536, 131_072);

  /**
   * Most local addresses with an undecremented TTL that a hardware address may carry and still own
   * them; one that carries more is a forwarder.
   */
  public static final int MOST_CARRIED_ADDRESSES = 4;

  /**
   * Most addresses that one hardware address may prove by protocol; one that claims more answers
   * for others (proxy ARP, ND proxy, or a lie), and its further claims are not believed.
   */
  public static final int MOST_PROVEN_ADDRESSES = 64;

  public IdentityOptions {
    if (macLimit < 1 || addressLimit < 1) {
      throw new IllegalArgumentException("limits " + macLimit + ", " + addressLimit);
    }
  }

  /** Entries that hardware addresses which are not equipment's may take. */
  static int share(int limit) {
    return limit - limit / 4;
  }
}
