package tapwarden.inspect.sink;

import java.time.Duration;

/**
 * What is kept of event logs that were put aside and of evidence. The log that is being written is
 * never deleted.
 *
 * @param maxAge age by the file's last change at which it goes; zero for no limit
 * @param maxTotalBytes most bytes of all such files; beyond it the oldest go
 * @param maxFiles most such files; beyond it the oldest go, for disks also run out of inodes
 * @param minFreePercent part of the disk that is left free; below it the oldest go
 */
public record RetentionOptions(
    Duration maxAge, long maxTotalBytes, int maxFiles, int minFreePercent) {
  /** 90 days, 50 GiB, 100,000 files, 5 % of the disk free. */
  public static final RetentionOptions DEFAULT =
      new RetentionOptions(Duration.ofDays(90), 50L << 30, 100_000, 5);

  public RetentionOptions {
    if (maxAge.isNegative()
        || maxTotalBytes < 0
        || maxFiles < 0
        || minFreePercent < 0
        || minFreePercent > 100) {
      throw new IllegalArgumentException(
          "retention: %s, %d bytes, %d files, %d %% free"
              .formatted(maxAge, maxTotalBytes, maxFiles, minFreePercent));
    }
  }
}
