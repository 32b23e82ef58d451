package tapwarden.inspect.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON into a byte array that is reused and grows to a limit. Commas are put by the writer;
 * strings are escaped so that the result is one line of ASCII-safe UTF-8 whatever the wire said.
 */
public final class JsonWriter {
  private byte[] bytes = new byte[1024];
  private int length;
  private boolean comma;

  public JsonWriter reset() {
    length = 0;
    comma = false;
    return this;
  }

  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public JsonWriter beginObject() {
    separate();
    put('{');
    comma = false;
    return this;
  }

  public JsonWriter endObject() {
    put('}');
    comma = true;
    return this;
  }

  public JsonWriter beginArray() {
    separate();
    put('[');
    comma = false;
    return this;
  }

  public JsonWriter endArray() {
    put(']');
    comma = true;
    return this;
  }

  /** A field name; the value must follow. Names are our own constants and are not escaped. */
  public JsonWriter name(String name) {
    separate();
    put('"');
    for (int i = 0; i < name.length(); i++) {
      put(name.charAt(i));
    }
    put('"');
    put(':');
    comma = false;
    return this;
  }

  public JsonWriter value(long number) {
    separate();
    byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    for (byte digit : digits) {
      put(digit);
    }
    comma = true;
    return this;
  }

  public JsonWriter value(boolean b) {
    separate();
    for (char c : (b ? "true" : "false").toCharArray()) {
      put(c);
    }
    comma = true;
    return this;
  }

  public JsonWriter value(CharSequence text) {
    separate();
    put('"');
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    for (byte b : utf8) {
      put(b);
    }
    put('"');
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
  }

  private void put(int b) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    bytes[length++] = (byte) b;
  }
}
