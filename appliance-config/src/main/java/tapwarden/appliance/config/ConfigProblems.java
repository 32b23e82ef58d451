package tapwarden.appliance.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.config.ConfigProblem.Severity;

/** Collects every problem, so that a person sees all of them at once. */
final class ConfigProblems {
  /** A broken machine-made file must not bury the reader. */
  static final int MOST_REPORTED = 200;

  private static final int MOST_ALLOWED_VALUES_SHOWN = 24;

  private final List<ConfigProblem> problems = new ArrayList<>();
  private int unreported;

  void error(Position position, String message) {
    error(position, message, null);
  }

  void error(Position position, String message, @Nullable String hint) {
    add(ConfigProblem.at(Severity.ERROR, position, message, hint));
  }

  void warning(Position position, String message, @Nullable String hint) {
    add(ConfigProblem.at(Severity.WARNING, position, message, hint));
  }

  /** Reports a word that is none of {@code allowed}, with the nearest of them if one is near. */
  void unknown(Position position, String what, String word, Collection<String> allowed) {
    String near = Nearest.of(word, allowed);
    String shown = Visible.text(word);
    String message = "unknown " + what + " '" + shown + "'";
    List<String> sorted = new ArrayList<>(new TreeSet<>(allowed));
    String hint = null;
    if (sorted.isEmpty()) {
      hint = "none is defined";
    } else if (sorted.size() <= MOST_ALLOWED_VALUES_SHOWN) {
      hint = "allowed: " + String.join(", ", sorted);
    }
    error(position, near == null ? message : message + "; did you mean '" + near + "'?", hint);
  }

  void add(ConfigProblem problem) {
    if (problems.size() < MOST_REPORTED) {
      problems.add(problem);
    } else {
      unreported++;
    }
  }

  /** All of them in the order found, errors before warnings. */
  List<ConfigProblem> list() {
    List<ConfigProblem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparing(ConfigProblem::severity));
    if (unreported > 0) {
      String message = unreported + " further problems are not shown";
      sorted.add(new ConfigProblem(Severity.ERROR, "configuration", message, List.of(), null));
    }
    return sorted;
  }
}
