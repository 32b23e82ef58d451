package tapwarden.inspect.protocol.sip;

import java.nio.charset.StandardCharsets;

/** Headers that are read, with their short names (RFC 3261 §20). */
enum SipHeader {
  FROM("from", "f", "from"),
  TO("to", "t", "to"),
  CALL_ID("call-id", "i", "call_id"),
  SEQUENCE("cseq", "", "cseq"),
  CONTACT("contact", "m", "contact"),
  VIA("via", "v", "via"),
  USER_AGENT("user-agent", "", "user_agent"),
  SERVER("server", "", "server"),
  CONTENT_TYPE("content-type", "c", "content_type"),
  CONTENT_LENGTH("content-length", "l", "content_length");

  @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to it.
  private final byte[] longName;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to it.
  private final byte[] shortName;

  private final String field;

  SipHeader(String longName, String shortName, String field) {
    this.longName = longName.getBytes(StandardCharsets.US_ASCII);
    this.shortName = shortName.getBytes(StandardCharsets.US_ASCII);
    this.field = field;
  }

  byte[] longName() {
    return longName;
  }

  /** Empty if it has none. */
  byte[] shortName() {
    return shortName;
  }

  /** Under {@code tapwarden.sip}. */
  String field() {
    return field;
  }
}
