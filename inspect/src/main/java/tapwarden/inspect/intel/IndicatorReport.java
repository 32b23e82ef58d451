package tapwarden.inspect.intel;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of the lists.
 *
 * @param fromSnapshot whether the compiled snapshot was used
 * @param notes what went wrong with the snapshot, in words; the set is whole all the same
 */
public record IndicatorReport(List<ListReport> lists, boolean fromSnapshot, List<String> notes) {
  /** Most problems kept of one list; the rest is only counted. */
  public static final int MOST_PROBLEMS = 1_000;

  public IndicatorReport {
    lists = List.copyOf(lists);
    notes = List.copyOf(notes);
  }

  /**
   * What became of one list.
   *
   * @param entries entries that are looked up
   * @param duplicates entries that an earlier line, of whichever list, has already
   * @param refused lines refused; {@code problems} has the first {@link #MOST_PROBLEMS}
   */
  public record ListReport(
      Path file,
      long lines,
      long entries,
      long duplicates,
      long refused,
      List<IndicatorProblem> problems) {
    public ListReport {
      problems = List.copyOf(problems);
    }
  }

  public long entries() {
    return lists.stream().mapToLong(ListReport::entries).sum();
  }

  public long duplicates() {
    return lists.stream().mapToLong(ListReport::duplicates).sum();
  }

  public long refused() {
    return lists.stream().mapToLong(ListReport::refused).sum();
  }

  /** All problems of all lists, in order. */
  public List<IndicatorProblem> problems() {
    return lists.stream().flatMap(list -> list.problems().stream()).toList();
  }
}
