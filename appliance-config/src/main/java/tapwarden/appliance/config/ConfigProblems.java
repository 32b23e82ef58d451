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

  private record Found(Position position, ConfigProblem problem) {}

  private final List<Found> problems = new ArrayList<>();
  private final List<ConfigText> texts = new ArrayList<>();
  private int unreported;

  void error(Position position, String message) {
    error(position, message, null);
  }

  void error(Position position, String message, @Nullable String hint) {
    add(position, ConfigProblem.at(Severity.ERROR, position, message, hint));
  }

  void warning(Position position, String message, @Nullable String hint) {
    add(position, ConfigProblem.at(Severity.WARNING, position, message, hint));
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

  private void add(Position position, ConfigProblem problem) {
    if (!texts.contains(position.text())) {
      texts.add(position.text());
    }
    if (problems.size() < MOST_REPORTED) {
      problems.add(new Found(position, problem));
    } else {
      unreported++;
    }
  }

  /** All of them, errors before warnings, then in the order of the text. */
  List<ConfigProblem> list() {
    List<Found> sorted = new ArrayList<>(problems);
    sorted.sort(
        Comparator.comparing((Found found) -> found.problem().severity())
            .thenComparingInt(found -> texts.indexOf(found.position().text()))
            .thenComparingInt(found -> found.position().line())
            .thenComparingInt(found -> found.position().column()));
    List<ConfigProblem> list = new ArrayList<>(sorted.stream().map(Found::problem).toList());
    if (unreported > 0) {
      String message = unreported + " further problems are not shown";
      list.add(new ConfigProblem(Severity.ERROR, "configuration", message, List.of(), null));
    }
    return list;
  }
}
