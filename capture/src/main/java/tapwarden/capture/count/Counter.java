package tapwarden.capture.count;

import java.util.Locale;

/**
 * Every counter of the product. Metrics, {@code coverage.json}, the documentation and tests are all
 * derived from this list; there is no other way to count. Each frame ends in exactly one of the
 * counters of group {@link Group#ACCOUNT}:
 *
 * <pre>
 *   wire      = delivered + kernel drop + interface drop + filtered + shed + damaged
 *   delivered = inspected + quarantined
 * </pre>
 */
public enum Counter {
  FRAMES_DELIVERED(Group.ACCOUNT, "frames", "Frames handed to the inspection workers."),
  FRAMES_INSPECTED(Group.ACCOUNT, "frames", "Frames that went through inspection to the end."),
  FRAMES_QUARANTINED(
      Group.ACCOUNT, "frames", "Frames whose inspection failed; each was saved for analysis."),
  FRAMES_DAMAGED(
      Group.ACCOUNT, "frames", "Records with a readable header whose frame cannot be used."),
  FRAMES_FILTERED(Group.ACCOUNT, "frames", "Frames that the BPF expression rejected."),
  FRAMES_KERNEL_DROPPED(
      Group.ACCOUNT, "frames", "Frames lost because the kernel's capture buffer was full."),
  FRAMES_INTERFACE_DROPPED(Group.ACCOUNT, "frames", "Frames lost by the interface or its driver."),
  FRAMES_SHED_RING(
      Group.ACCOUNT, "frames", "Frames given up because every batch of the ring was in use."),
  NOTICES_FAILED(Group.DETECT, "events", "Messages in the stream that a worker failed to handle."),
  BYTES_DELIVERED(Group.VOLUME, "bytes", "Captured bytes handed to the inspection workers."),
  FRAMES_TRUNCATED(
      Group.MIRROR, "frames", "Frames of which fewer bytes were captured than were on the wire."),
  ;

  /** What a counter is about; the part before the first dot of its id. */
  public enum Group {
    ACCOUNT,
    VOLUME,
    MIRROR,
    DECODE,
    MALFORMED,
    FLOW,
    NAMES,
    EQUIPMENT,
    INTEL,
    DETECT,
    ALERT,
    OUTPUT,
    LIVE_PORT
  }

  private final Group group;
  private final String unit;
  private final String sentence;

  Counter(Group group, String unit, String sentence) {
    this.group = group;
    this.unit = unit;
    this.sentence = sentence;
  }

  public Group group() {
    return group;
  }

  /** {@code frames}, {@code bytes}, {@code flows}, {@code events}, ... */
  public String unit() {
    return unit;
  }

  /** One sentence that says what is counted. */
  public String sentence() {
    return sentence;
  }

  /** Stable name for files and metrics: {@code frames_shed_ring}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
