package tapwarden.inspect.codec.mail;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Reads a message (RFC 5322) line by line: who writes to whom about what, and the names of the
 * files that are attached (RFC 2183). Of header fields in several lines one is made; bodies are
 * passed over but for the boundaries of their parts.
 */
public final class MailReader {
  /** Longest header field that is kept, of all its lines; the rest is cut off. */
  public static final int MOST_HEADER_BYTES = 8 * 1024;

  /** Multipart messages within one mail whose boundaries are known. */
  static final int MOST_BOUNDARIES = 8;

  /** Names of attached files of one mail. */
  static final int MOST_ATTACHMENTS = 64;

  private static final int LEAST_BYTES = 256;
  private static final byte[] NOTHING = {};

  private enum Header {
    FROM("from"),
    TO("to"),
    CC("cc"),
    SUBJECT("subject"),
    DATE("date"),
    MESSAGE_ID("message-id"),
    MAILER("x-mailer"),
    USER_AGENT("user-agent"),
    CONTENT_TYPE("content-type"),
    CONTENT_DISPOSITION("content-disposition");

    private final String word;

    Header(String word) {
      this.word = word;
    }
  }

  private static final Header[] HEADERS = Header.values();

  private enum Place {
    HEAD,
    PART_HEAD,
    BODY
  }

  private final StreamMemory memory;
  private final MailFacts facts;
  private Place place = Place.HEAD;
  private @Nullable Header header;
  private byte[] text = NOTHING;
  private int length;
  private byte @Nullable [] fileName;
  private byte @Nullable [] typeName;
  private boolean holdsMessage;

  public MailReader(StreamMemory memory, MailFacts facts) {
    this.memory = memory;
    this.facts = facts;
  }

  /** The next line, without its end. */
  public void line(byte[] line, int start, int end) {
    if (place == Place.BODY) {
      if (end - start > 2
          && line[start] == '-'
          && line[start + 1] == '-'
          && facts.isBoundary(line, start + 2, end)) {
        place = Place.PART_HEAD;
      }
      return;
    }
    if (start == end) {
      endField();
      endHead();
      return;
    }
    if (line[start] == ' ' || line[start] == '\t') {
      if (header != null) {
        append(line, start, end);
      }
      return;
    }
    endField();
    beginField(line, start, end);
  }

  /** Whether the head was read to its end. */
  public boolean isInBody() {
    return place == Place.BODY;
  }

  /** The message is over: the memory is given back, and the next one may begin. */
  public void end() {
    endField();
    memory.give(text.length);
    text = NOTHING;
    length = 0;
    fileName = null;
    typeName = null;
    holdsMessage = false;
    place = Place.HEAD;
  }

  private void beginField(byte[] line, int start, int end) {
    int colon = start;
    while (colon < end && line[colon] != ':') {
      colon++;
    }
    if (colon == end) {
      // A message without a head; but mailboxes begin with a line of their own.
      place = place == Place.HEAD && !isMailboxLine(line, start, end) ? Place.BODY : place;
      return;
    }
    int nameEnd = colon;
    while (nameEnd > start && (line[nameEnd - 1] == ' ' || line[nameEnd - 1] == '\t')) {
      nameEnd--;
    }
    header = named(line, start, nameEnd);
    if (header != null) {
      int value = colon + 1;
      while (value < end && (line[value] == ' ' || line[value] == '\t')) {
        value++;
      }
      append(line, value, end);
    }
  }

  private static boolean isMailboxLine(byte[] line, int start, int end) {
    return end - start > 5
        && line[start] == 'F'
        && line[start + 1] == 'r'
        && line[start + 2] == 'o'
        && line[start + 3] == 'm'
        && line[start + 4] == ' ';
  }

  private @Nullable Header named(byte[] line, int start, int end) {
    for (Header known : HEADERS) {
      boolean ofParts = known == Header.CONTENT_TYPE || known == Header.CONTENT_DISPOSITION;
      if ((ofParts || place == Place.HEAD) && isNamed(known.word, line, start, end)) {
        return known;
      }
    }
    return null;
  }

  private static boolean isNamed(String word, byte[] line, int start, int end) {
    if (end - start != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      int octet = line[start + i];
      if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void append(byte[] line, int start, int end) {
    int some = Math.min(end - start, MOST_HEADER_BYTES - length);
    int needed = length + some;
    if (needed > text.length) {
      int room = Math.max(LEAST_BYTES, Integer.highestOneBit(needed) << 1);
      room = Math.min(room, MOST_HEADER_BYTES);
      if (!memory.take(room - text.length)) {
        return;
      }
      text = Arrays.copyOf(text, room);
    }
    System.arraycopy(line, start, text, length, some);
    length = needed;
  }

  private void endField() {
    Header whole = header;
    header = null;
    int size = length;
    length = 0;
    if (whole == null) {
      return;
    }
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t')) {
      size--;
    }
    switch (whole) {
      case FROM -> addOnce(MailField.FROM, size);
      case SUBJECT -> addOnce(MailField.SUBJECT, size);
      case DATE -> addOnce(MailField.DATE, size);
      case MESSAGE_ID -> addOnce(MailField.MESSAGE_ID, size);
      case MAILER, USER_AGENT -> addOnce(MailField.MAILER, size);
      case TO -> addAddresses(MailField.TO, size);
      case CC -> addAddresses(MailField.CC, size);
      case CONTENT_TYPE -> readType(size);
      case CONTENT_DISPOSITION -> {
        if (fileName == null) {
          fileName = new MimeParameters(text, size).find("filename");
        }
      }
    }
  }

  private void addOnce(MailField field, int size) {
    if (size > 0 && !facts.has(field)) {
      byte[] decoded = EncodedWords.decode(text, 0, size);
      facts.add(field, decoded, 0, decoded.length);
    }
  }

  /** Addresses are separated by commas outside of quotes and comments (RFC 5322 §3.4). */
  private void addAddresses(MailField field, int size) {
    int start = 0;
    boolean quoted = false;
    for (int at = 0; at <= size; at++) {
      if (at + 1 < size && text[at] == '\\') {
        at++;
      } else if (at < size && text[at] == '"') {
        quoted = !quoted;
      } else if (at == size || (text[at] == ',' && !quoted)) {
        addAddress(field, start, at);
        start = at + 1;
      }
    }
  }

  private void addAddress(MailField field, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && (text[start] == ' ' || text[start] == '\t')) {
      start++;
    }
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
      end--;
    }
    if (end > start) {
      byte[] decoded = EncodedWords.decode(text, start, end);
      facts.add(field, decoded, 0, decoded.length);
    }
  }

  private void readType(int size) {
    holdsMessage = startsWith("message/rfc822", size);
    MimeParameters parameters = new MimeParameters(text, size);
    if (startsWith("multipart/", size)) {
      byte[] boundary = parameters.find("boundary");
      if (boundary != null
          && boundary.length > 0
          && facts.count(MailField.BOUNDARY) < MOST_BOUNDARIES) {
        facts.add(MailField.BOUNDARY, boundary, 0, boundary.length);
      }
    } else if (typeName == null) {
      typeName = parameters.find("name");
    }
  }

  private boolean startsWith(String word, int size) {
    return size >= word.length() && isNamed(word, text, 0, word.length());
  }

  private void endHead() {
    byte[] name = fileName == null ? typeName : fileName;
    if (name != null && name.length > 0 && facts.count(MailField.ATTACHMENT) < MOST_ATTACHMENTS) {
      facts.add(MailField.ATTACHMENT, name, 0, name.length);
    }
    fileName = null;
    typeName = null;
    place = holdsMessage ? Place.PART_HEAD : Place.BODY;
    holdsMessage = false;
  }
}
