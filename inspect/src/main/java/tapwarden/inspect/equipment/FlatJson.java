package tapwarden.inspect.equipment;

import java.util.function.BiConsumer;

/**
 * Reader of one JSON object whose values are all strings (RFC 8259), which is all that the OUI data
 * needs. Anything else is refused.
 */
final class FlatJson {
  private final String text;
  private int position;

  private FlatJson(String text) {
    this.text = text;
  }

  /** Calls {@code member} with each name and value in the order of the text. */
  static void forEach(String text, BiConsumer<String, String> member) {
    new FlatJson(text).object(member);
  }

  private void object(BiConsumer<String, String> member) {
    expect('{');
    if (peek() != '}') {
      do {
        String name = string();
        expect(':');
        member.accept(name, string());
      } while (accept(','));
    }
    expect('}');
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (position + 4 > text.length()) {
          throw wrong("end of text");
        }
        position += 4;
        yield (char) Integer.parseInt(text, position - 4, position, 16);
      }
      default -> throw wrong("escape \\" + c);
    };
  }

  private boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw wrong("no '" + wanted + "'");
    }
  }

  private char peek() {
    while (position < text.length() && text.charAt(position) <= ' ') {
      position++;
    }
    return position < text.length() ? text.charAt(position) : 0;
  }

  private char next() {
    if (position == text.length()) {
      throw wrong("end of text");
    }
    return text.charAt(position++);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + " at offset " + position);
  }
}
