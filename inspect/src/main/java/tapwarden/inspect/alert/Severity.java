package tapwarden.inspect.alert;

import java.util.Locale;

/** How grave an alert is; the number is EVE's {@code alert.severity}. */
public enum Severity {
  CRITICAL(1, 90),
  HIGH(2, 70),
  MEDIUM(3, 40),
  LOW(4, 0);

  private final int number;
  private final int leastScore;

  Severity(int number, int leastScore) {
    this.number = number;
    this.leastScore = leastScore;
  }

  public int number() {
    return number;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity that a score from 0 to 100 means. */
  public static Severity ofScore(int score) {
    for (Severity severity : values()) {
      if (score >= severity.leastScore) {
        return severity;
      }
    }
    return LOW;
  }
}
