package tapwarden.inspect.codec.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How content is coded (RFC 9110 §8.4.1), as far as it can be decoded here. */
@SuppressWarnings("ImmutableEnumChecker") // The words are never written to.
public enum ContentCoding {
  /** RFC 1952; also called x-gzip. */
  GZIP("gzip", "x-gzip"),
  /** RFC 1950, or as some servers send it without its head, RFC 1951. */
  DEFLATE("deflate", "x-deflate"),
  /** RFC 7932. */
  BROTLI("br", "x-br");

  private static final ContentCoding[] ALL = values();

  private final byte[] word;
  private final byte[] otherWord;

  ContentCoding(String word, String otherWord) {
    this.word = word.getBytes(StandardCharsets.US_ASCII);
    this.otherWord = otherWord.getBytes(StandardCharsets.US_ASCII);
  }

  /** The coding of that name, whatever the case; null if it is another. */
  public static @Nullable ContentCoding of(byte[] text, int start, int end) {
    for (ContentCoding coding : ALL) {
      if (Ascii.is(text, start, end, coding.word) || Ascii.is(text, start, end, coding.otherWord)) {
        return coding;
      }
    }
    return null;
  }
}
