package tapwarden.appliance.cli;

import java.util.List;

/** What the process says with its exit code. The numbers are a promise to scripts. */
public enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "failed while running"),
  WRONG_USAGE(2, "wrong usage"),
  CONFIGURATION_INVALID(3, "configuration invalid"),
  CAPTURE_NOT_POSSIBLE(4, "capture not possible"),
  INPUT_DAMAGED(5, "input damaged; what was readable is processed and reported"),
  ALERTS_FOUND(10, "alerts found and --fail-on-alert given");

  /** When several captures end differently, the first of these that occurred is the answer. */
  private static final List<ExitCode> BY_GRAVITY =
      List.of(FAILED, CAPTURE_NOT_POSSIBLE, INPUT_DAMAGED, ALERTS_FOUND, DONE);

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }

  /** The graver of the two. */
  ExitCode or(ExitCode other) {
    return BY_GRAVITY.indexOf(this) <= BY_GRAVITY.indexOf(other) ? this : other;
  }
}
