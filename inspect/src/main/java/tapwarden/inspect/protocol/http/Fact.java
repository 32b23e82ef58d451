package tapwarden.inspect.protocol.http;

import java.nio.charset.StandardCharsets;

/** What is kept of a head, and how much of it at most; the rest is cut off. */
@SuppressWarnings("ImmutableEnumChecker") // The names are never written to.
enum Fact {
  METHOD("", 64),
  TARGET("", 4_096),
  VERSION("", 32),
  STATUS("", 32),
  HOST("host", 4_096),
  USER_AGENT("user-agent", 1_024),
  REFERER("referer", 2_048),
  FORWARDED_FOR("x-forwarded-for", 256),
  CONTENT_TYPE("content-type", 256),
  CONTENT_RANGE("content-range", 128),
  CONTENT_DISPOSITION("content-disposition", 1_024),
  LOCATION("location", 4_096),
  SERVER("server", 256);

  /** Name of the header, in lower case; empty if it is of the start line. */
  final byte[] header;

  final int mostBytes;

  Fact(String header, int mostBytes) {
    this.header = header.getBytes(StandardCharsets.US_ASCII);
    this.mostBytes = mostBytes;
  }
}
