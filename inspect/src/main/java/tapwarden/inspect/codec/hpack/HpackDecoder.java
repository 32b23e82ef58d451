package tapwarden.inspect.codec.hpack;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.Bytes;

/**
 * Decodes the header blocks of one direction of a connection, in order (RFC 7541 §3, §6). A block
 * that is broken, or passes a limit, breaks the table for all that follow: then the decoder is of
 * no further use, and {@link #problem} says why.
 *
 * <p>A field that is named by its number is handed on where it lies, so that a block of many such
 * costs no more than its bytes. Names that are copied into a new entry are counted against {@link
 * #WORK_PER_BYTE}.
 */
public final class HpackDecoder {
  /** Size of the table before the sender changes it (RFC 9113 §6.5.2). */
  public static final int DEFAULT_TABLE_BYTES = 4_096;

  /** Largest table that a sender may choose; browsers allow as much. */
  public static final int MOST_TABLE_BYTES = 65_536;

  /** Longest block. */
  public static final int MOST_BLOCK_BYTES = 65_536;

  /** Bytes that may be copied within the table for each byte that comes in ... */
  static final int WORK_PER_BYTE = 32;

  /** ... and once. */
  static final int FIRST_WORK = 65_536;

  private static final int HUFFMAN = 0x80;
  private static final int MOST_INTEGER_BYTES = 4;

  private final HpackTable table;
  private final HpackScratch scratch;
  private long work = FIRST_WORK;
  private @Nullable String problem;

  private MemorySegment segment = MemorySegment.NULL;
  private long at;
  private long end;

  /** The name at hand. */
  private byte[] name = {};

  private int nameStart;
  private int nameLength;

  /** The value at hand, if it is not in the table. */
  private byte[] value = {};

  private int valueLength;

  public HpackDecoder(StreamMemory memory, HpackScratch scratch) {
    table = new HpackTable(memory, DEFAULT_TABLE_BYTES);
    this.scratch = scratch;
  }

  /** What is wrong, as a word; null if nothing is. */
  public @Nullable String problem() {
    return problem;
  }

  /**
   * Decodes a whole block.
   *
   * @return false if it is broken; its fields up to there were handed on
   */
  public boolean decode(MemorySegment block, long offset, int length, HeaderListener listener) {
    if (length > MOST_BLOCK_BYTES) {
      return fail("hpack_block_length");
    }
    segment = block;
    at = offset;
    end = offset + length;
    work += (long) WORK_PER_BYTE * length;
    boolean good = problem == null;
    while (good && at < end) {
      int first = Bytes.u8(segment, at);
      if (first >= 0x80) {
        good = indexed(listener);
      } else if (first >= 0x40) {
        good = literal(6, listener) && keep();
      } else if (first >= 0x20) {
        good = changeSize();
      } else {
        good = literal(4, listener);
      }
    }
    segment = MemorySegment.NULL;
    return good;
  }

  /** Gives the memory back. */
  public void release() {
    table.release();
    problem = "hpack_over";
  }

  private boolean indexed(HeaderListener listener) {
    int index = integer(7);
    int number = index - HpackStaticTable.SIZE - 1;
    if (index <= 0 || number >= table.count()) {
      return fail("hpack_index");
    }
    if (number < 0) {
      byte[] field = HpackStaticTable.name(index);
      byte[] said = HpackStaticTable.value(index);
      listener.field(field, 0, field.length, said, 0, said.length);
    } else {
      byte[] bytes = table.bytes();
      listener.field(
          bytes,
          table.nameStart(number),
          table.nameLength(number),
          bytes,
          table.valueStart(number),
          table.valueLength(number));
    }
    return true;
  }

  /** A field whose value is written out, and perhaps its name. */
  private boolean literal(int prefixBits, HeaderListener listener) {
    int index = integer(prefixBits);
    if (index < 0 || !(index == 0 ? literalName() : indexedName(index)) || !literalValue()) {
      return fail("hpack_string");
    }
    listener.field(name, nameStart, nameLength, value, 0, valueLength);
    return true;
  }

  private boolean literalName() {
    int length = string(true);
    nameStart = 0;
    nameLength = length;
    return length >= 0;
  }

  private boolean literalValue() {
    valueLength = string(false);
    return valueLength >= 0;
  }

  private boolean indexedName(int index) {
    int number = index - HpackStaticTable.SIZE - 1;
    if (number >= table.count()) {
      return fail("hpack_index");
    }
    if (number < 0) {
      name = HpackStaticTable.name(index);
      nameStart = 0;
      nameLength = name.length;
      return true;
    }
    nameLength = table.nameLength(number);
    work -= nameLength;
    if (work < 0) {
      return fail("hpack_work");
    }
    // The entry may have to go to make room for the new one.
    name = scratch.name(nameLength);
    nameStart = 0;
    System.arraycopy(table.bytes(), table.nameStart(number), name, 0, nameLength);
    return true;
  }

  private boolean keep() {
    return table.add(name, nameStart, nameLength, value, 0, valueLength) || fail("hpack_no_memory");
  }

  private boolean changeSize() {
    int size = integer(5);
    if (size < 0 || size > MOST_TABLE_BYTES) {
      return fail("hpack_table_size");
    }
    table.limit(size);
    return true;
  }

  /**
   * A number whose first bits share a byte (§5.1).
   *
   * @return -1 if it is cut or larger than any that makes sense
   */
  private int integer(int prefixBits) {
    int most = (1 << prefixBits) - 1;
    if (at >= end) {
      return -1;
    }
    int number = Bytes.u8(segment, at++) & most;
    if (number < most) {
      return number;
    }
    for (int i = 0; i < MOST_INTEGER_BYTES && at < end; i++) {
      int digit = Bytes.u8(segment, at++);
      number += (digit & 0x7F) << (7 * i);
      if (digit < 0x80) {
        return number;
      }
    }
    return -1;
  }

  /** A string into one of the two arrays (§5.2); its length, or -1. */
  private int string(boolean isName) {
    boolean huffman = at < end && (Bytes.u8(segment, at) & HUFFMAN) != 0;
    int length = integer(7);
    if (length < 0 || length > end - at) {
      return -1;
    }
    int room = huffman ? HuffmanCode.mostBytes(length) : length;
    byte[] out = isName ? scratch.name(room) : scratch.value(room);
    if (isName) {
      name = out;
    } else {
      value = out;
    }
    long from = at;
    at += length;
    if (huffman) {
      return HuffmanCode.decode(segment, from, length, out);
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, out, 0, length);
    return length;
  }

  private boolean fail(String what) {
    if (problem == null) {
      problem = what;
    }
    return false;
  }
}
