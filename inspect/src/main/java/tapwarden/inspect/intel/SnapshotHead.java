package tapwarden.inspect.intel;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of an {@link IndicatorSnapshot}: magic, format and byte order; the key of the lists; the
 * hash key; the contents; the report; the sizes of the parts.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SnapshotHead(
    IndicatorHash hash, IndicatorContents contents, IndicatorReport report, long[] partBytes) {
  private static final int MAGIC = 0x5457_494E; // TWIN
  private static final int PARTS = 5;
  private static final int KEY_BYTES = 32;
  private static final int MOST_LISTS = 10_000;

  static void write(DataOutputStream out, byte[] key, IndicatorLoader.Loaded loaded)
      throws IOException {
    IndicatorSet set = loaded.set();
    out.writeInt(MAGIC);
    out.writeInt(IndicatorSnapshot.FORMAT);
    out.writeBoolean(ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN);
    out.write(key);
    out.writeLong(set.hash().first());
    out.writeLong(set.hash().second());
    writeContents(out, set.contents());
    for (IndicatorReport.ListReport list : loaded.report().lists()) {
      writeReport(out, list);
    }
    for (MemorySegment segment : set.segments()) {
      out.writeLong(segment.byteSize());
    }
  }

  private static void writeContents(DataOutputStream out, IndicatorContents contents)
      throws IOException {
    out.writeInt(contents.read());
    out.writeInt(contents.entries());
    out.writeInt(contents.lists().size());
    for (Path list : contents.lists()) {
      out.writeUTF(list.toString());
    }
    writeInts(out, contents.firstIds());
    writeInts(out, contents.prefixesV4());
    writeInts(out, contents.prefixesV6());
    out.writeBoolean(contents.withPorts());
    out.writeBoolean(contents.withNames());
    out.writeBoolean(contents.withInternationalNames());
  }

  private static void writeReport(DataOutputStream out, IndicatorReport.ListReport list)
      throws IOException {
    out.writeLong(list.lines());
    out.writeLong(list.entries());
    out.writeLong(list.duplicates());
    out.writeLong(list.refused());
    out.writeInt(list.problems().size());
    for (IndicatorProblem problem : list.problems()) {
      out.writeInt(problem.line());
      out.writeUTF(problem.text());
      out.writeUTF(problem.reason());
    }
  }

  /** Null if it is of other lists, another format or another kind of machine. */
  static @Nullable SnapshotHead read(DataInputStream in, byte[] key) throws IOException {
    boolean ours =
        in.readInt() == MAGIC
            && in.readInt() == IndicatorSnapshot.FORMAT
            && in.readBoolean() == (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN)
            && Arrays.equals(in.readNBytes(KEY_BYTES), key);
    if (!ours) {
      return null;
    }
    IndicatorHash hash = new IndicatorHash(in.readLong(), in.readLong());
    IndicatorContents contents = readContents(in);
    List<IndicatorReport.ListReport> reports = new ArrayList<>();
    for (Path list : contents.lists()) {
      reports.add(readReport(in, list));
    }
    long[] parts = new long[PARTS];
    for (int i = 0; i < PARTS; i++) {
      parts[i] = in.readLong();
      if (parts[i] <= 0) {
        throw new IOException("part of " + parts[i] + " bytes");
      }
    }
    if (Long.bitCount(parts[0]) != 1 || Long.bitCount(parts[1]) != 1) {
      throw new IOException("tables of odd sizes");
    }
    return new SnapshotHead(hash, contents, new IndicatorReport(reports, true, List.of()), parts);
  }

  private static IndicatorContents readContents(DataInputStream in) throws IOException {
    int read = in.readInt();
    int entries = in.readInt();
    int lists = bounded(in.readInt(), MOST_LISTS);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < lists; i++) {
      files.add(Path.of(in.readUTF()));
    }
    return new IndicatorContents(
        read,
        entries,
        List.copyOf(files),
        readInts(in),
        readInts(in),
        readInts(in),
        in.readBoolean(),
        in.readBoolean(),
        in.readBoolean());
  }

  private static IndicatorReport.ListReport readReport(DataInputStream in, Path file)
      throws IOException {
    long lines = in.readLong();
    long entries = in.readLong();
    long duplicates = in.readLong();
    long refused = in.readLong();
    int count = bounded(in.readInt(), IndicatorReport.MOST_PROBLEMS);
    List<IndicatorProblem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(new IndicatorProblem(file, in.readInt(), in.readUTF(), in.readUTF()));
    }
    return new IndicatorReport.ListReport(file, lines, entries, duplicates, refused, problems);
  }

  private static void writeInts(DataOutputStream out, int[] values) throws IOException {
    out.writeInt(values.length);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  private static int[] readInts(DataInputStream in) throws IOException {
    int[] values = new int[bounded(in.readInt(), MOST_LISTS)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  private static int bounded(int count, int most) throws IOException {
    if (count < 0 || count > most) {
      throw new IOException("count of " + count);
    }
    return count;
  }

  /** The set over the parts, which are in the order of {@link IndicatorSet#segments()}. */
  IndicatorLoader.Loaded loaded(List<MemorySegment> parts) {
    IndicatorSet set =
        new IndicatorSet(
            hash,
            new IndicatorIndex(parts.get(0), parts.get(1)),
            parts.get(2),
            parts.get(3),
            parts.get(4),
            contents);
    return new IndicatorLoader.Loaded(set, report);
  }
}
