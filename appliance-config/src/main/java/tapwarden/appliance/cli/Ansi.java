package tapwarden.appliance.cli;

import tapwarden.inspect.alert.Severity;

/** Colours of a terminal. */
enum Ansi {
  BOLD("1"),
  FAINT("2"),
  RED("31"),
  BOLD_RED("1;31"),
  YELLOW("33"),
  GREEN("32"),
  CYAN("36");

  private final String code;

  Ansi(String code) {
    this.code = code;
  }

  String paint(String text, boolean color) {
    return color && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  static Ansi of(Severity severity) {
    return switch (severity) {
      case CRITICAL -> BOLD_RED;
      case HIGH -> RED;
      case MEDIUM -> YELLOW;
      case LOW -> CYAN;
    };
  }
}
