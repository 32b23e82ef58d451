package tapwarden.inspect.protocol.sip;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.codec.http.BareUri;
import tapwarden.inspect.json.JsonWriter;

/**
 * Writes a description of a session (RFC 8866 §5) as EVE's {@code sdp}: lines of one letter, an
 * equals sign and a value; what follows an {@code m=} belongs to that medium. Keys and passwords
 * are left out: of {@code k=} all but the method, and of some attributes what follows the name. One
 * object is moved from description to description.
 */
final class SdpEve {
  /** Most lines that are read. */
  static final int MAX_LINES = 256;

  private static final int MAX_TEXT = 1_024;

  /** Keys of SRTP (RFC 4568 §9.1): behind the name, a number and the ciphers. */
  private static final byte[] CRYPTO = ascii("crypto:");

  /** Attributes whose value is a secret, such as RFC 4567 §3.1 and RFC 8839 §5.4 have. */
  private static final byte[][] SECRETS = {ascii("key-mgmt:"), ascii("ice-pwd:")};

  private static final int CRYPTO_WORDS = 2;

  private final byte[] types = new byte[MAX_LINES];
  private final int[] starts = new int[MAX_LINES];
  private final int[] ends = new int[MAX_LINES];
  private byte[] bytes = new byte[0];
  private int lines;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes the description between two places of an array. */
  void write(JsonWriter json, byte[] from, int start, int end) {
    bytes = from;
    index(start, end);
    int media = next('m', 0, lines);
    json.name("sdp").beginObject();
    writeVersion(json, media);
    writeText(json, "origin", 'o', 0, media);
    writeText(json, "session_name", 's', 0, media);
    writeText(json, "session_info", 'i', 0, media);
    writeText(json, "uri", 'u', 0, media);
    writeText(json, "email", 'e', 0, media);
    writeText(json, "phone_number", 'p', 0, media);
    writeText(json, "connection_data", 'c', 0, media);
    writeTexts(json, "bandwidths", 'b', 0, media);
    writeTimes(json, media);
    writeText(json, "timezone", 'z', 0, media);
    writeText(json, "encryption_key", 'k', 0, media);
    writeTexts(json, "attributes", 'a', 0, media);
    writeMedia(json, media);
    json.endObject();
  }

  private void index(int start, int end) {
    lines = 0;
    int at = start;
    while (at < end && lines < MAX_LINES) {
      int lineEnd = at;
      while (lineEnd < end && bytes[lineEnd] != '\n') {
        lineEnd++;
      }
      int last = lineEnd > at && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
      if (last - at >= 2 && bytes[at + 1] == '=') {
        types[lines] = bytes[at];
        starts[lines] = at + 2;
        ends[lines++] = Math.min(last, at + 2 + MAX_TEXT);
      }
      at = lineEnd + 1;
    }
  }

  /** The next line of a type; {@code to} if there is none before it. */
  private int next(char type, int from, int to) {
    int line = from;
    while (line < to && types[line] != type) {
      line++;
    }
    return line;
  }

  private void writeVersion(JsonWriter json, int media) {
    int line = next('v', 0, media);
    if (line < media && ends[line] - starts[line] == 1) {
      int digit = bytes[starts[line]] - '0';
      if (digit >= 0 && digit <= 9) {
        json.field("version", digit);
      }
    }
  }

  private void writeText(JsonWriter json, String field, char type, int from, int to) {
    int line = next(type, from, to);
    if (line < to) {
      write(json.name(field), line);
    }
  }

  private void writeTexts(JsonWriter json, String field, char type, int from, int to) {
    int line = next(type, from, to);
    if (line == to) {
      return;
    }
    json.name(field).beginArray();
    while (line < to) {
      write(json, line);
      line = next(type, line + 1, to);
    }
    json.endArray();
  }

  private void writeTimes(JsonWriter json, int media) {
    int line = next('t', 0, media);
    if (line == media) {
      return;
    }
    json.name("time_descriptions").beginArray();
    while (line < media) {
      int following = next('t', line + 1, media);
      write(json.beginObject().name("time"), line);
      writeText(json, "repeat_time", 'r', line + 1, following);
      json.endObject();
      line = following;
    }
    json.endArray();
  }

  private void writeMedia(JsonWriter json, int first) {
    if (first == lines) {
      return;
    }
    json.name("media_descriptions").beginArray();
    int line = first;
    while (line < lines) {
      int following = next('m', line + 1, lines);
      write(json.beginObject().name("media"), line);
      writeText(json, "media_info", 'i', line + 1, following);
      writeText(json, "connection_data", 'c', line + 1, following);
      writeTexts(json, "bandwidths", 'b', line + 1, following);
      writeText(json, "encryption_key", 'k', line + 1, following);
      writeTexts(json, "attributes", 'a', line + 1, following);
      json.endObject();
      line = following;
    }
    json.endArray();
  }

  private void write(JsonWriter json, int line) {
    int start = starts[line];
    BareUri.write(json, bytes, start, openEnd(types[line], start, ends[line]), MAX_TEXT);
  }

  /** Where what may be told of a line ends. */
  private int openEnd(int type, int start, int end) {
    if (type == 'k') {
      return Ascii.find(bytes, start, end, ':');
    }
    if (type != 'a') {
      return end;
    }
    int name = Ascii.skipBlanks(bytes, start, end);
    for (byte[] secret : SECRETS) {
      if (Ascii.begins(bytes, name, end, secret)) {
        return name + secret.length - 1;
      }
    }
    if (!Ascii.begins(bytes, name, end, CRYPTO)) {
      return end;
    }
    // What has a colon is the key, where a word is missing.
    int at = name + CRYPTO.length;
    for (int word = 0; word < CRYPTO_WORDS; word++) {
      at = Ascii.skipBlanks(bytes, at, end);
      while (at < end && !Ascii.isBlank(bytes[at]) && bytes[at] != ':') {
        at++;
      }
    }
    return at;
  }
}
