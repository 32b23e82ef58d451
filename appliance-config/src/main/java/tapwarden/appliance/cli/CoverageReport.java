package tapwarden.appliance.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.source.Damage;
import tapwarden.inspect.alert.Severity;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.LogDirectory;

/**
 * Writes {@link Coverage} as {@code coverage.json}. The same coverage gives the same bytes. Room
 * for it can be reserved, so that a disk which has filled up meanwhile does not stop the account.
 */
public final class CoverageReport {
  public static final String FILE_NAME = "coverage.json";

  private static final String UNFINISHED_NAME = FILE_NAME + ".tmp";

  /** Far more than an account with a hundred inputs needs. */
  private static final int RESERVED_BYTES = 64 << 10;

  /** Most files of a folder that are named as skipped. */
  static final int MOST_SKIPPED = 1_000;

  private CoverageReport() {}

  /** Takes the account of an earlier session away and room for the one to come. */
  public static void reserve(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
    try (FileChannel channel = LogDirectory.openEmpty(directory.resolve(UNFINISHED_NAME))) {
      writeFully(channel, new byte[RESERVED_BYTES]);
    }
  }

  /** Puts {@code coverage.json} into the directory, as a whole or not at all. */
  public static void write(Coverage coverage, Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    Path unfinished = directory.resolve(UNFINISHED_NAME);
    byte[] json = json(coverage).getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = LogDirectory.openOrCreate(unfinished)) {
      writeFully(channel, json);
      channel.truncate(json.length);
    }
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** One object, one line. */
  public static String json(Coverage coverage) {
    JsonWriter out = new JsonWriter();
    CoverageVerdict verdict = coverage.verdict();
    out.beginObject().name("verdict").value(verdict.sight().id());
    out.name("why").beginArray();
    verdict.why().forEach(out::value);
    out.endArray();
    frames(out, coverage.frames());
    numbers(out, "layers", coverage.layers());
    numbers(out, "malformations", coverage.malformations());
    out.name("flows").value(coverage.flows());
    out.name("equipment").value(coverage.equipment());
    out.name("alerts").beginObject();
    for (Severity severity : Severity.values()) {
      out.name(severity.id()).value(coverage.alerts(severity));
    }
    out.endObject();
    out.name("inputs").beginArray();
    coverage.inputs().forEach(input -> input(out, input));
    out.endArray();
    skipped(out, coverage.skipped());
    mirror(out, coverage.mirror());
    numbers(out, "counters", coverage.counters());
    out.endObject();
    byte[] line = Arrays.copyOf(out.array(), out.length());
    return new String(line, StandardCharsets.UTF_8) + "\n";
  }

  private static void frames(JsonWriter out, Coverage.Frames frames) {
    out.name("frames").beginObject();
    out.name("wire").value(frames.wire());
    out.name("filtered").value(frames.filtered());
    out.name("kernel_dropped").value(frames.kernelDropped());
    out.name("interface_dropped").value(frames.interfaceDropped());
    numbers(out, "shed", frames.shed());
    out.name("damaged").value(frames.damaged());
    out.name("delivered").value(frames.delivered());
    out.name("inspected").value(frames.inspected());
    out.name("quarantined").value(frames.quarantined());
    out.endObject();
  }

  private static void input(JsonWriter out, Coverage.Input input) {
    out.beginObject().name("path").value(input.path());
    digest(out, input.sha256());
    if (input.compression() != null) {
      out.name("compression").value(input.compression());
    }
    out.name("bytes").value(input.bytes()).name("frames").value(input.frames());
    time(out, "first", input.first());
    time(out, "last", input.last());
    out.name("damage").beginArray();
    input.damage().forEach(damage -> damage(out, input, damage));
    out.endArray();
    outages(out, input.outages());
    out.endObject();
  }

  private static void digest(JsonWriter out, Coverage.Digest digest) {
    out.name("sha256");
    if (digest.hex() != null) {
      out.value(digest.hex());
    } else {
      out.nullValue().name("sha256_missing").value(digest.whyNot());
    }
  }

  /** What is unknown is left out. */
  private static void damage(JsonWriter out, Coverage.Input input, Damage damage) {
    out.beginObject();
    if (damage.offset() >= 0) {
      out.name("offset").value(damage.offset());
    }
    if (damage.bytes() >= 0) {
      out.name("bytes").value(damage.bytes());
    }
    if (input.compression() != null && damage.offset() >= 0) {
      out.name("counted_in").value("decompressed bytes");
    }
    out.name("why").value(damage.why()).endObject();
  }

  /** At most {@link #MOST_SKIPPED} by name; how many there are is said always. */
  private static void skipped(JsonWriter out, List<Coverage.Skipped> skipped) {
    if (skipped.isEmpty()) {
      return;
    }
    out.name("skipped").beginObject().name("count").value(skipped.size());
    out.name("files").beginArray();
    for (Coverage.Skipped each : skipped.subList(0, Math.min(MOST_SKIPPED, skipped.size()))) {
      out.beginObject().name("path").value(each.path());
      out.name("why").value(each.why()).endObject();
    }
    out.endArray().endObject();
  }

  private static void outages(JsonWriter out, Outages outages) {
    if (outages.count() == 0) {
      return;
    }
    out.name("outages").beginObject().name("count").value(outages.count());
    out.name("seconds").value(outages.total().toMillis() / 1e3, 3);
    out.name("gaps").beginArray();
    for (Outages.Gap gap : outages.listed()) {
      out.beginObject();
      time(out, "from", gap.from());
      time(out, "to", gap.to());
      out.name("why").value(gap.why()).endObject();
    }
    out.endArray().endObject();
  }

  private static void time(JsonWriter out, String name, @Nullable Instant time) {
    if (time != null) {
      out.name(name).value(time.toString());
    }
  }

  private static void mirror(JsonWriter out, Coverage.Mirror mirror) {
    out.name("mirror").beginObject();
    out.name("one_sided_flows").value(mirror.oneSidedFlows());
    out.name("duplicate_frames").value(mirror.duplicateFrames());
    out.name("reordered_frames").value(mirror.reorderedFrames());
    out.name("truncated_frames").value(mirror.truncatedFrames());
    out.name("bad_checksums").value(mirror.badChecksums());
    out.endObject();
  }

  private static void numbers(JsonWriter out, String name, Map<String, Long> numbers) {
    out.name(name).beginObject();
    numbers.forEach((key, number) -> out.name(key).value(number));
    out.endObject();
  }
}
