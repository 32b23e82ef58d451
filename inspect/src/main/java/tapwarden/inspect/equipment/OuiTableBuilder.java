package tapwarden.inspect.equipment;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Makes the resource of {@link OuiTable} from the JSON of the npm package {@code oui-data}: one
 * object whose keys are prefixes of 6, 7 or 9 hex digits and whose values are the organisation's
 * name and address, a line each; only the name is kept. Run by hand when the data is renewed; the
 * README beside the resource says how. The same input gives the same bytes.
 *
 * <p>The file: length of what follows when inflated (int), then deflated: magic, format, number of
 * 24-, 28- and 36-bit prefixes and of organisations (ints); the prefixes, sorted (ints, ints,
 * longs); the organisation's number of each (chars); the offsets of the names and their end (ints);
 * the names, sorted, in UTF-8. All numbers are big-endian.
 */
final class OuiTableBuilder {
  private static final int MOST_ORGANISATIONS = 1 << Character.SIZE;

  private final TreeMap<Long, String> prefixes24 = new TreeMap<>();
  private final TreeMap<Long, String> prefixes28 = new TreeMap<>();
  private final TreeMap<Long, String> prefixes36 = new TreeMap<>();

  private OuiTableBuilder() {}

  /** Arguments: the JSON file, the resource to write. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("usage: OuiTableBuilder index.json oui.bin");
    }
    Files.write(Path.of(arguments[1]), build(Files.readString(Path.of(arguments[0]))));
  }

  /** The bytes of the resource. */
  static byte[] build(String json) throws IOException {
    OuiTableBuilder builder = new OuiTableBuilder();
    FlatJson.forEach(json, builder::add);
    return builder.write();
  }

  private void add(String prefix, String value) {
    String name = value.lines().findFirst().orElse("").strip();
    // Blocks that the registry sold on in smaller pieces, and owners who chose not to be named.
    if (name.isEmpty() || name.equals("IEEE Registration Authority") || name.equals("Private")) {
      return;
    }
    long bits = Long.parseLong(prefix, 16);
    switch (prefix.length()) {
      case 6 -> prefixes24.put(bits, name);
      case 7 -> prefixes28.put(bits, name);
      case 9 -> prefixes36.put(bits, name);
      default -> throw new IllegalArgumentException("prefix " + prefix);
    }
  }

  private byte[] write() throws IOException {
    TreeMap<String, Integer> organisations = new TreeMap<>();
    TreeSet<String> sorted = new TreeSet<>(prefixes24.values());
    sorted.addAll(prefixes28.values());
    sorted.addAll(prefixes36.values());
    sorted.forEach(name -> organisations.put(name, organisations.size()));
    if (organisations.size() > MOST_ORGANISATIONS) {
      throw new IllegalArgumentException(organisations.size() + " organisations do not fit");
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(plain);
    out.writeInt(OuiTable.MAGIC);
    out.writeInt(OuiTable.FORMAT);
    out.writeInt(prefixes24.size());
    out.writeInt(prefixes28.size());
    out.writeInt(prefixes36.size());
    out.writeInt(organisations.size());
    for (long prefix : prefixes24.keySet()) {
      out.writeInt((int) prefix);
    }
    for (long prefix : prefixes28.keySet()) {
      out.writeInt((int) prefix);
    }
    for (long prefix : prefixes36.keySet()) {
      out.writeLong(prefix);
    }
    writeNumbers(out, prefixes24, organisations);
    writeNumbers(out, prefixes28, organisations);
    writeNumbers(out, prefixes36, organisations);
    writeNames(out, organisations);
    return deflated(plain.toByteArray());
  }

  private static void writeNumbers(
      DataOutputStream out, Map<Long, String> prefixes, Map<String, Integer> organisations)
      throws IOException {
    for (String name : prefixes.values()) {
      out.writeChar(organisations.getOrDefault(name, 0));
    }
  }

  private static void writeNames(DataOutputStream out, Map<String, Integer> organisations)
      throws IOException {
    int offset = 0;
    for (String name : organisations.keySet()) {
      out.writeInt(offset);
      offset += name.getBytes(StandardCharsets.UTF_8).length;
    }
    out.writeInt(offset);
    for (String name : organisations.keySet()) {
      out.write(name.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static byte[] deflated(byte[] plain) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    new DataOutputStream(file).writeInt(plain.length);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(file, deflater)) {
      out.write(plain);
    } finally {
      deflater.end();
    }
    return file.toByteArray();
  }
}
