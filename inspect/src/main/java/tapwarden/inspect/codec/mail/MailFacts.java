package tapwarden.inspect.codec.mail;

import java.util.Arrays;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.stream.StreamMemory;

/** The fields of one mail, in the order in which they came, in one array from the budget. */
public final class MailFacts {
  /** Bytes and fields of one mail that are kept. */
  public static final int MOST_BYTES = 32 * 1024;

  public static final int MOST_FIELDS = 512;

  private static final MailField[] FIELDS = MailField.values();
  private static final int LEAST_BYTES = 256;
  private static final int LEAST_FIELDS = 8;
  private static final byte[] NOTHING = {};
  private static final int[] NO_FIELDS = {};

  private final StreamMemory memory;
  private byte[] text = NOTHING;

  /** End in the text, and the field's number below it. */
  private int[] fields = NO_FIELDS;

  private int count;
  private boolean cut;

  /** How many there are of each field. */
  private final int[] counts = new int[FIELDS.length];

  /** Which of the fields are the first boundaries. */
  private final int[] boundaries = new int[MailReader.MOST_BOUNDARIES];

  public MailFacts(StreamMemory memory) {
    this.memory = memory;
  }

  /** Adds a field; what does not fit is left out. */
  public void add(MailField field, byte[] bytes, int start, int end) {
    int used = used();
    int length = Math.min(end - start, field.mostBytes());
    if (count == MOST_FIELDS || used + length > MOST_BYTES || !grow(used + length)) {
      cut = true;
      return;
    }
    System.arraycopy(bytes, start, text, used, length);
    if (field == MailField.BOUNDARY && counts[field.ordinal()] < boundaries.length) {
      boundaries[counts[field.ordinal()]] = count;
    }
    counts[field.ordinal()]++;
    fields[count++] = (used + length) << 4 | field.ordinal();
  }

  /** Whether a field did not fit. */
  public boolean isCut() {
    return cut;
  }

  public boolean has(MailField field) {
    return counts[field.ordinal()] > 0;
  }

  /** How many there are of a field. */
  public int count(MailField field) {
    return counts[field.ordinal()];
  }

  /** Whether a line begins with the boundary of any part. */
  public boolean isBoundary(byte[] line, int start, int end) {
    int known = Math.min(boundaries.length, counts[MailField.BOUNDARY.ordinal()]);
    for (int n = 0; n < known; n++) {
      int i = boundaries[n];
      int length = end(i) - start(i);
      if (length <= end - start
          && Arrays.equals(text, start(i), end(i), line, start, start + length)) {
        return true;
      }
    }
    return false;
  }

  /** Writes the first of a field as a string, if there is one. */
  public void write(JsonWriter json, String name, MailField field) {
    for (int i = 0; i < count; i++) {
      if (field(i) == field) {
        json.name(name).value(text, start(i), end(i) - start(i));
        return;
      }
    }
  }

  /** Writes all of a field as a list, if there are any. */
  public void writeAll(JsonWriter json, String name, MailField field) {
    boolean any = false;
    for (int i = 0; i < count; i++) {
      if (field(i) == field) {
        if (!any) {
          json.name(name).beginArray();
          any = true;
        }
        json.value(text, start(i), end(i) - start(i));
      }
    }
    if (any) {
      json.endArray();
    }
  }

  /** Forgets all; the memory is given back. */
  public void clear() {
    memory.give(text.length + Integer.BYTES * fields.length);
    text = NOTHING;
    fields = NO_FIELDS;
    count = 0;
    cut = false;
    Arrays.fill(counts, 0);
  }

  private boolean grow(int needed) {
    int room = text.length;
    if (needed > room) {
      room = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, Integer.highestOneBit(needed) << 1));
    }
    int places = fields.length;
    if (count == places) {
      places = Math.max(LEAST_FIELDS, 2 * places);
    }
    if (!memory.take(room - text.length + Integer.BYTES * (places - fields.length))) {
      return false;
    }
    text = room == text.length ? text : Arrays.copyOf(text, room);
    fields = places == fields.length ? fields : Arrays.copyOf(fields, places);
    return true;
  }

  private int used() {
    return count == 0 ? 0 : end(count - 1);
  }

  private MailField field(int i) {
    return FIELDS[fields[i] & 0xF];
  }

  private int start(int i) {
    return i == 0 ? 0 : end(i - 1);
  }

  private int end(int i) {
    return fields[i] >>> 4;
  }
}
