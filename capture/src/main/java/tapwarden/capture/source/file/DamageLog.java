package tapwarden.capture.source.file;

import java.util.ArrayList;
import java.util.List;
import tapwarden.capture.source.Damage;

/**
 * The damage of one input in the order of its offsets: at most {@link #MAX_ENTRIES} places are
 * described, further ones are counted and summed in one last entry. Adjoining skipped stretches
 * become one.
 */
final class DamageLog {
  /** Places that are described one by one; a hostile file may have millions. */
  static final int MAX_ENTRIES = 100;

  private final List<Damage> entries = new ArrayList<>();
  private long records;
  private long unlisted;
  private long unlistedBytes;
  private long unlistedOffset;

  /** Bytes of which no record could be made. */
  void add(long offset, long bytes, String why) {
    int last = entries.size() - 1;
    if (unlisted == 0 && last >= 0 && adjoins(entries.get(last), offset, bytes, why)) {
      Damage before = entries.get(last);
      entries.set(last, new Damage(before.offset(), before.bytes() + bytes, why));
    } else if (entries.size() < MAX_ENTRIES) {
      entries.add(new Damage(offset, bytes, why));
    } else {
      unlistedOffset = unlisted == 0 ? offset : unlistedOffset;
      unlisted++;
      unlistedBytes += Math.max(0, bytes);
    }
  }

  /** A record whose header can be read but whose frame cannot be used. */
  void addRecord(long offset, long bytes, String why) {
    records++;
    add(offset, bytes, why);
  }

  private static boolean adjoins(Damage before, long offset, long bytes, String why) {
    return bytes >= 0
        && before.bytes() >= 0
        && before.offset() + before.bytes() == offset
        && before.why().equals(why);
  }

  /** How many records had a readable header but no usable frame. */
  long records() {
    return records;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Damage> list() {
    if (unlisted == 0) {
      return List.copyOf(entries);
    }
    List<Damage> all = new ArrayList<>(entries);
    all.add(
        new Damage(
            unlistedOffset,
            unlistedBytes,
            "%,d more damaged places from here on".formatted(unlisted)));
    return List.copyOf(all);
  }
}
