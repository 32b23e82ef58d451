package tapwarden.appliance.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When an interface could not be listened to.
 *
 * @param count how many times
 * @param total how long in all, up to the end of the session
 * @param listed the first of them, in order
 */
public record Outages(long count, Duration total, List<Gap> listed) {
  public static final Outages NONE = new Outages(0, Duration.ZERO, List.of());

  /**
   * One time.
   *
   * @param from when it was noticed, which is up to a quarter of a second later
   * @param to when frames could come again; null if they could not until the end
   * @param why such as {@code eth1 is switched off}
   */
  public record Gap(Instant from, @Nullable Instant to, String why) {}

  public Outages {
    listed = List.copyOf(listed);
  }
}
