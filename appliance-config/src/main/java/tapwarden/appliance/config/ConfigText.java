package tapwarden.appliance.config;

import java.util.List;

/**
 * The text of one part of the configuration: a file, a {@code --set} or an environment variable.
 *
 * @param name what a person calls it: the file's path, or the flag or variable itself
 * @param isFile whether line numbers mean anything to the reader
 */
record ConfigText(String name, boolean isFile, List<String> lines) {
  ConfigText {
    lines = List.copyOf(lines);
  }

  static ConfigText file(String name, String text) {
    return new ConfigText(name, true, text.lines().toList());
  }

  /** A flag or variable of one line, shown as it was written. */
  static ConfigText line(String name, String line) {
    return new ConfigText(name, false, List.of(line));
  }

  /** Line {@code number}, counted from 1; empty beyond the end. */
  String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }
}
