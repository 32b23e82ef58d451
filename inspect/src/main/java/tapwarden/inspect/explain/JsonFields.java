package tapwarden.inspect.explain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import tapwarden.inspect.json.JsonWriter;

/**
 * Shows an event as fields: every member of its objects, what is nested as parts. It reads what
 * {@link JsonWriter} wrote, nothing else.
 */
final class JsonFields {
  /** Most levels of objects that are shown. */
  private static final int MOST_DEPTH = 8;

  /** Most characters of one text, and of one list of simple values, that are shown. */
  private static final int MOST_CHARS = 512;

  private final String text;
  private final Set<String> wrappers;
  private int at;

  private JsonFields(String text, Set<String> wrappers) {
    this.text = text;
    this.wrappers = wrappers;
  }

  /**
   * Adds the members of the object that was written.
   *
   * @param wrappers names of objects that are passed over: their members are added in their place
   */
  static void add(JsonWriter json, Set<String> wrappers, Fields out) {
    if (json.overflowed() || json.length() == 0) {
      out.add("Not shown", "an event that is too long");
      return;
    }
    String text = new String(json.array(), 0, json.length(), StandardCharsets.UTF_8);
    new JsonFields(text, wrappers).object(out, 0);
  }

  private void object(Fields out, int depth) {
    at++;
    while (text.charAt(at) != '}') {
      String name = string();
      at++;
      member(name, out, depth);
      if (text.charAt(at) == ',') {
        at++;
      }
    }
    at++;
  }

  private void member(String name, Fields out, int depth) {
    switch (text.charAt(at)) {
      case '{' -> {
        if (wrappers.contains(name)) {
          object(out, depth);
        } else if (depth == MOST_DEPTH) {
          skip();
          out.add(label(name), "deeper than is shown");
        } else {
          object(out.group(label(name), "", ""), depth + 1);
        }
      }
      case '[' -> array(label(name), out, depth);
      default -> out.add(label(name), scalar());
    }
  }

  /** Simple values on one line; each object as a field of its own. */
  private void array(String label, Fields out, int depth) {
    at++;
    StringBuilder line = new StringBuilder();
    int simple = 0;
    int number = 0;
    while (text.charAt(at) != ']') {
      number++;
      char c = text.charAt(at);
      if (c == '{' && depth < MOST_DEPTH) {
        object(out.group(label, Integer.toString(number), ""), depth + 1);
      } else if (c == '{' || c == '[') {
        skip();
      } else {
        String value = scalar();
        if (line.length() < MOST_CHARS) {
          line.append(line.isEmpty() ? "" : ", ").append(value);
          simple++;
        }
      }
      if (text.charAt(at) == ',') {
        at++;
      }
    }
    at++;
    if (simple > 0) {
      out.add(label, line.toString(), simple < number ? "the first " + simple + " of them" : "");
    }
  }

  /** Passes over an object or an array. */
  private void skip() {
    int open = 0;
    do {
      char c = text.charAt(at);
      if (c == '"') {
        string();
        continue;
      }
      open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      at++;
    } while (open > 0);
  }

  private String scalar() {
    if (text.charAt(at) == '"') {
      String value = string();
      return value.length() <= MOST_CHARS
          ? WireText.harmless(value)
          : WireText.harmless(cut(value)) + " and " + (value.length() - MOST_CHARS) + " more";
    }
    int from = at;
    while (",]}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private static String cut(String value) {
    int end = Character.isHighSurrogate(value.charAt(MOST_CHARS - 1)) ? MOST_CHARS - 1 : MOST_CHARS;
    return value.substring(0, end);
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    at++;
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text, at - 4, at, 16);
      }
      default -> c;
    };
  }

  /** {@code client_hello} becomes {@code Client hello}. */
  private static String label(String name) {
    if (name.isEmpty()) {
      return "Unnamed";
    }
    String words = WireText.harmless(name).replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
