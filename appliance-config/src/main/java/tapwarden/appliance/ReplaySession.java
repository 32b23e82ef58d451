package tapwarden.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.cli.CaptureException;
import tapwarden.appliance.cli.Coverage;
import tapwarden.appliance.cli.Outages;
import tapwarden.appliance.cli.ReplayRequest;
import tapwarden.appliance.cli.SessionListener;
import tapwarden.appliance.cli.SessionResult;
import tapwarden.appliance.store.ReplayDirectory;
import tapwarden.capture.source.Damage;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.CaptureFiles;
import tapwarden.capture.source.file.InputReport;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.capture.source.live.BpfSyntaxException;
import tapwarden.capture.source.live.FilteredSource;
import tapwarden.inspect.sink.eve.EveFileOptions;

/** Inspects capture files as one stream. */
final class ReplaySession {
  private final ReplayRequest request;
  private final SequenceSource files;
  private final CaptureFiles.Expansion captures;
  private final SessionListener listener;

  ReplaySession(
      ReplayRequest request,
      SequenceSource files,
      CaptureFiles.Expansion captures,
      SessionListener listener) {
    this.request = request;
    this.files = files;
    this.captures = captures;
    this.listener = listener;
  }

  SessionResult run() throws IOException {
    Path directory = request.logDirectory();
    EveFileOptions eve = directory == null ? null : EveFileOptions.replay(directory);
    if (directory != null) {
      ReplayDirectory.prepare(directory);
    }
    Path quarantine = directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
    Knowledge knowledge = Knowledge.of(request.config(), quarantine, eve != null);
    try (SessionCore core =
        new SessionCore(knowledge, eve, new FileNames(files), totalBytes(), listener)) {
      PacketSource source = filtered(core);
      core.onStop(files::interrupt);
      listener.started(core);
      String broken = read(core, source);
      List<InputReport> reports = files.reports();
      core.finish(firstNanos(reports), lastNanos(reports));
      long wire = reports.stream().mapToLong(InputReport::frames).sum() + files.damagedRecords();
      List<Coverage.Skipped> skipped =
          captures.skipped().stream().map(s -> new Coverage.Skipped(s.path(), s.why())).toList();
      return core.account(wire, coverageInputs(reports, broken, core), skipped);
    }
  }

  private PacketSource filtered(SessionCore core) throws IOException {
    String expression = request.filter();
    if (expression == null) {
      return files;
    }
    try {
      return new FilteredSource(files, expression, core.counters().newBlock());
    } catch (BpfSyntaxException wrong) {
      throw wrong;
    } catch (IOException e) {
      throw new CaptureException(Engine.message(e), e);
    }
  }

  /** What stopped the reading early, or null. */
  private @Nullable String read(SessionCore core, PacketSource source) {
    try {
      core.inspection().read(source);
      return null;
    } catch (IOException e) {
      String message = Engine.message(e);
      listener.notice(message);
      return message;
    }
  }

  private List<Coverage.Input> coverageInputs(
      List<InputReport> reports, @Nullable String broken, SessionCore core) {
    List<Coverage.Input> list = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      InputReport report = reports.get(i);
      List<Damage> damage = new ArrayList<>(report.damage());
      if (broken != null && i == reports.size() - 1) {
        damage.add(new Damage(-1, -1, broken));
      }
      if (i == reports.size() - 1) {
        unsupportedLinks(core).forEach(damage::add);
      }
      Coverage.Input input =
          new Coverage.Input(
              report.path(),
              digest(report),
              report.compression(),
              report.bytes(),
              report.frames(),
              report.frames() == 0 ? null : instant(report.firstNanos()),
              report.frames() == 0 ? null : instant(report.lastNanos()),
              damage,
              Outages.NONE);
      damage.forEach(d -> listener.notice(report.path() + ": " + sentence(input, d)));
      list.add(input);
    }
    return list;
  }

  private Coverage.Digest digest(InputReport report) {
    String hex = report.sha256();
    if (hex != null) {
      return Coverage.Digest.of(hex);
    }
    return request.hashInputs() ? Coverage.Digest.NOT_ALL_READ : Coverage.Digest.NOT_WANTED;
  }

  /** Frames of a link type that nobody here can read are delivered, but said to be unread. */
  private static List<Damage> unsupportedLinks(SessionCore core) {
    List<Damage> damage = new ArrayList<>();
    core.inspection()
        .layers()
        .forEach((layer, frames) -> {
          if (layer.startsWith("unsupported-link-")) {
            damage.add(
                new Damage(
                    0,
                    -1,
                    frames
                        + " frames have link type "
                        + layer.substring("unsupported-link-".length())
                        + ", which is not supported: they were counted, not read"));
          }
        });
    return damage;
  }

  private static String sentence(Coverage.Input input, Damage damage) {
    String place = input.place(damage);
    String where = place.isEmpty() ? "" : "at " + place + ": ";
    String extent = damage.bytes() > 0 ? " (" + damage.bytes() + " bytes)" : "";
    return where + damage.why() + extent;
  }

  private long totalBytes() {
    long total = 0;
    for (String input : captures.inputs()) {
      if (input.equals(CaptureFiles.STANDARD_INPUT)) {
        return -1;
      }
      try {
        total += Files.size(Path.of(input));
      } catch (IOException unknown) {
        return -1;
      }
    }
    return total;
  }

  private static long firstNanos(List<InputReport> reports) {
    return reports.stream()
        .filter(report -> report.frames() > 0)
        .mapToLong(InputReport::firstNanos)
        .min()
        .orElse(0);
  }

  private static long lastNanos(List<InputReport> reports) {
    return reports.stream().mapToLong(InputReport::lastNanos).max().orElse(0);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
