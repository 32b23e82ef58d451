package tapwarden.inspect.equipment;

/**
 * Limits of what is kept of devices' own words. What is beyond them is counted, and no event is
 * made of it. The last quarter of devices and characters is for equipment, so that a flood of other
 * addresses cannot keep equipment out.
 *
 * @param devices most devices of which anything is kept
 * @param textsPerDevice most texts of one device
 * @param textsPerTrait most texts of one trait of one device; the one that was not said for longest
 *     makes room if that is {@link #STALE_HOURS}
 * @param characters most characters of all texts together
 */
public record TraitLimits(int devices, int textsPerDevice, int textsPerTrait, int characters) {
  public static final TraitLimits DEFAULT = new TraitLimits(16_384, 32, 4, 16 << 20);

  /** Hours in which packets came, after which a text that was not said again may be replaced. */
  public static final int STALE_HOURS = 24;

  public TraitLimits {
    if (devices < 1 || textsPerDevice < 1 || textsPerTrait < 1 || characters < 1) {
      throw new IllegalArgumentException("limits below 1");
    }
  }
}
