package tapwarden.inspect.intel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one plain list line by line into a builder: LF or CRLF, with or without a byte order mark,
 * the last line with or without an end. Lines that cannot be used are reported, none is dropped in
 * silence.
 */
final class ListReader {
  static final String UTF16 = "UTF-16 text; save it as UTF-8";
  static final String EMPTY = "no usable entry";
  static final String FULL =
      "more than " + EntryStore.MOST_ENTRIES + " entries; the rest of the list is left out";

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path file;
  private final IndicatorSetBuilder builder;
  private final WorldCheck check;
  private final LineParser parser = new LineParser();
  private final List<IndicatorProblem> problems = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long entries;
  private long refused;
  private int line;
  private boolean full;

  ListReader(Path file, IndicatorSetBuilder builder, WorldCheck check) {
    this.file = file;
    this.builder = builder;
    this.check = check;
  }

  /** Reads the whole list; an unreadable file is a problem of line 0. */
  void read(String format) {
    builder.startList(file);
    if (!format.equals(IndicatorLoader.PLAIN)) {
      refuse(0, 0, 0, "format " + format + " is not known; it is " + IndicatorLoader.PLAIN);
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      readLines(in);
    } catch (IOException e) {
      String reason = e instanceof NoSuchFileException ? "no such file" : e.toString();
      refuse(0, 0, 0, "cannot be read: " + reason);
      return;
    }
    if (entries == 0) {
      refuse(0, 0, 0, EMPTY);
    }
  }

  private void readLines(InputStream in) throws IOException {
    int kept = in.readNBytes(buffer, 0, BUFFER_BYTES);
    if (kept >= 2 && (buffer[0] & 0xFF) + (buffer[1] & 0xFF) == 0xFF + 0xFE) {
      refuse(0, 0, 0, UTF16);
      return;
    }
    boolean mark =
        kept >= 3
            && buffer[0] == (byte) 0xEF
            && buffer[1] == (byte) 0xBB
            && buffer[2] == (byte) 0xBF;
    int from = mark ? 3 : 0;
    boolean last = kept < BUFFER_BYTES;
    boolean skipping = false;
    while (true) {
      int lineEnd = from;
      int consumed = from;
      while (lineEnd < kept) {
        if (buffer[lineEnd] == '\n') {
          if (!skipping) {
            take(consumed, lineEnd);
          }
          skipping = false;
          consumed = lineEnd + 1;
        }
        lineEnd++;
      }
      if (last) {
        if (consumed < kept && !skipping) {
          take(consumed, kept);
        }
        return;
      }
      // A line that fills the whole buffer is refused once and skipped to its end.
      if (kept - consumed > LineParser.MOST_LINE_BYTES + 1) {
        if (!skipping) {
          take(consumed, kept);
        }
        skipping = true;
        consumed = kept;
      }
      int rest = kept - consumed;
      System.arraycopy(buffer, consumed, buffer, 0, rest);
      int more = in.readNBytes(buffer, rest, BUFFER_BYTES - rest);
      kept = rest + more;
      last = more < BUFFER_BYTES - rest;
      from = 0;
    }
  }

  private void take(int from, int lineFeed) {
    line++;
    int to = lineFeed > from && buffer[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    if (full) {
      return;
    }
    String reason = parser.parse(buffer, from, to);
    if (reason == null && parser.kind != 0) {
      reason = check.refusal(parser);
    }
    if (reason != null) {
      refused++;
      refuse(line, from, to, reason);
    } else if (parser.kind != 0) {
      if (builder.add(parser, buffer, line)) {
        entries++;
      } else {
        full = true;
        refuse(0, 0, 0, FULL);
      }
    }
  }

  private void refuse(int atLine, int from, int to, String reason) {
    if (problems.size() < IndicatorReport.MOST_PROBLEMS) {
      problems.add(
          new IndicatorProblem(
              file, atLine, IndicatorProblem.neutralised(buffer, from, to), reason));
    }
  }

  IndicatorReport.ListReport report(long duplicates) {
    return new IndicatorReport.ListReport(
        file, line, entries - duplicates, duplicates, refused, problems);
  }

  /** SHA-256 over the bytes of a list, or null if it cannot be read. */
  static byte @Nullable [] digest(Path file, MessageDigest sha256) {
    byte[] chunk = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        sha256.update(chunk, 0, n);
      }
      return sha256.digest();
    } catch (IOException e) {
      sha256.reset();
      return null;
    }
  }
}
