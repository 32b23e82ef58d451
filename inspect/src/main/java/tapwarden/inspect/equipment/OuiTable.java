package tapwarden.inspect.equipment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Who the IEEE registered a hardware address's prefix for: all of MA-L (24 bits), MA-M (28) and
 * MA-S (36), as the compact resource {@code oui.bin} that {@link OuiTableBuilder} makes. The
 * longest prefix wins. Loaded on first use, in some 10 ms.
 */
public final class OuiTable {
  static final int MAGIC = 0x5457_4F55; // TWOU
  static final int FORMAT = 1;
  private static final int MOST_BYTES = 16 << 20;
  private static final String RESOURCE = "oui.bin";
  private static final long LOCALLY_ADMINISTERED_OR_GROUP = 0x0300_0000_0000L;

  private final int[] prefixes24;
  private final int[] prefixes28;
  private final long[] prefixes36;
  private final char[] organisations24;
  private final char[] organisations28;
  private final char[] organisations36;
  private final int[] nameOffsets;
  private final byte[] names;

  private OuiTable(ByteBuffer data) {
    if (data.getInt() != MAGIC || data.getInt() != FORMAT) {
      throw new IllegalArgumentException("not an OUI table of format " + FORMAT);
    }
    int count24 = data.getInt();
    int count28 = data.getInt();
    int count36 = data.getInt();
    int organisations = data.getInt();
    prefixes24 = ints(data, count24);
    prefixes28 = ints(data, count28);
    prefixes36 = new long[count36];
    data.asLongBuffer().get(prefixes36);
    data.position(data.position() + count36 * Long.BYTES);
    organisations24 = chars(data, count24);
    organisations28 = chars(data, count28);
    organisations36 = chars(data, count36);
    nameOffsets = ints(data, organisations + 1);
    names = new byte[nameOffsets[organisations]];
    data.get(names);
  }

  /** The table that comes with the product. */
  public static OuiTable standard() {
    return Holder.STANDARD;
  }

  static OuiTable read(InputStream compressed) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(compressed.readAllBytes());
    byte[] data = new byte[Math.clamp(file.getInt(), 0, MOST_BYTES)];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(file);
      int length = inflater.inflate(data);
      return new OuiTable(ByteBuffer.wrap(data, 0, length));
    } catch (DataFormatException | BufferUnderflowException e) {
      throw new IOException("damaged OUI table", e);
    } finally {
      inflater.end();
    }
  }

  static OuiTable read(byte[] compressed) throws IOException {
    return read(new ByteArrayInputStream(compressed));
  }

  /** Name of the organisation, or null if unknown, locally administered or a group address. */
  public @Nullable String organisation(long mac) {
    int index = organisationIndex(mac);
    return index < 0 ? null : organisationName(index);
  }

  /** Number of the organisation from 0, or -1; see {@link #organisation}. */
  public int organisationIndex(long mac) {
    if ((mac & LOCALLY_ADMINISTERED_OR_GROUP) != 0) {
      return -1;
    }
    int i = Arrays.binarySearch(prefixes36, mac >>> 12);
    if (i >= 0) {
      return organisations36[i];
    }
    i = Arrays.binarySearch(prefixes28, (int) (mac >>> 20));
    if (i >= 0) {
      return organisations28[i];
    }
    i = Arrays.binarySearch(prefixes24, (int) (mac >>> 24));
    return i < 0 ? -1 : organisations24[i];
  }

  public int organisationCount() {
    return nameOffsets.length - 1;
  }

  public String organisationName(int index) {
    int from = nameOffsets[index];
    return new String(names, from, nameOffsets[index + 1] - from, StandardCharsets.UTF_8);
  }

  /** Prefixes of all three lengths. */
  public int prefixCount() {
    return prefixes24.length + prefixes28.length + prefixes36.length;
  }

  /** Number of each of the organisations in {@code wanted} that the table has. */
  Map<String, Integer> indexesOf(Iterable<String> wanted) {
    Map<String, Integer> found = new HashMap<>();
    for (String name : wanted) {
      int index = indexOf(name);
      if (index >= 0) {
        found.put(name, index);
      }
    }
    return found;
  }

  /** The names are sorted. */
  private int indexOf(String name) {
    int from = 0;
    int to = organisationCount() - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int order = organisationName(middle).compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return -1;
  }

  private static int[] ints(ByteBuffer data, int count) {
    int[] values = new int[count];
    data.asIntBuffer().get(values);
    data.position(data.position() + count * Integer.BYTES);
    return values;
  }

  private static char[] chars(ByteBuffer data, int count) {
    char[] values = new char[count];
    data.asCharBuffer().get(values);
    data.position(data.position() + count * Character.BYTES);
    return values;
  }

  private static final class Holder {
    static final OuiTable STANDARD = load();

    private static OuiTable load() {
      try (InputStream in = OuiTable.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException("resource " + RESOURCE + " is missing");
        }
        return read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
