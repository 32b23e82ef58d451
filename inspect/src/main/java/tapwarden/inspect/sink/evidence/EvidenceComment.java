package tapwarden.inspect.sink.evidence;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Subject;

/**
 * What the section comment of an evidence file says: which alert it proves, about whom, and why.
 * Names from the wire lose everything that a terminal would obey.
 */
public final class EvidenceComment {
  private EvidenceComment() {}

  public static String of(Alert alert) {
    Subject subject = alert.finding().subject();
    Endpoint endpoint = alert.finding().endpoint();
    StringBuilder text = new StringBuilder(256);
    text.append("Tapwarden alert ").append(alert.id()).append('\n');
    text.append("severity: ").append(alert.severity().id());
    text.append("; detector: ").append(alert.finding().signature().detector()).append('\n');
    text.append("equipment: ");
    add(text, subject.id());
    addAfter(text, ", vendor ", subject.vendor());
    addAfter(text, ", role ", subject.role());
    text.append("\nendpoint: ");
    if (endpoint.ip() != null) {
      text.append(endpoint.ip());
    }
    if (endpoint.port() != 0) {
      text.append(" port ").append(endpoint.port());
    }
    addAfter(text, endpoint.ip() == null ? "name " : " name ", endpoint.name());
    text.append("\nwhat: ").append(alert.finding().signature().text());
    for (String reason : alert.because()) {
      addAfter(text, "\nbecause: ", reason);
    }
    return text.toString();
  }

  private static void addAfter(StringBuilder text, String label, @Nullable String value) {
    if (value != null) {
      text.append(label);
      add(text, value);
    }
  }

  private static void add(StringBuilder text, String value) {
    value.codePoints().map(c -> isHarmless(c) ? c : '?').forEach(text::appendCodePoint);
  }

  private static boolean isHarmless(int c) {
    int type = Character.getType(c);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }
}
