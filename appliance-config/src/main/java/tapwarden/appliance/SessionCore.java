package tapwarden.appliance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.cli.Coverage;
import tapwarden.appliance.cli.CoverageReport;
import tapwarden.appliance.cli.SessionListener;
import tapwarden.appliance.cli.SessionResult;
import tapwarden.appliance.cli.SessionView;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.pipeline.Inspection;
import tapwarden.inspect.pipeline.InspectionListener;
import tapwarden.inspect.pipeline.SourceNames;
import tapwarden.inspect.sink.eve.EveFile;
import tapwarden.inspect.sink.eve.EveFileOptions;
import tapwarden.inspect.sink.eve.StatsEve;
import tapwarden.inspect.sink.evidence.EvidenceRecorder;

/** What replay and live sessions share: the inspection, its sinks, and the account at the end. */
final class SessionCore implements SessionView, InspectionListener, AutoCloseable {
  private final SessionListener listener;
  private final Counters counters = new Counters();
  private final Inspection inspection;
  private final @Nullable Path logDirectory;
  private final @Nullable EveFile eve;
  private final boolean stats;
  private final JsonWriter json = new JsonWriter();
  private final long bytesTotal;
  private volatile @Nullable String eveProblem;
  private volatile Runnable stopper = () -> {};
  private volatile Supplier<List<String>> sourcesNotReady = List::of;

  /**
   * @param eveOptions how {@code eve.json} is written; null to write no file at all
   * @param bytesTotal size of all inputs, -1 if unknown
   */
  SessionCore(
      Knowledge knowledge,
      @Nullable EveFileOptions eveOptions,
      SourceNames sources,
      long bytesTotal,
      SessionListener listener)
      throws IOException {
    this.listener = listener;
    this.bytesTotal = bytesTotal;
    EvidenceRecorder evidence = null;
    if (eveOptions == null) {
      logDirectory = null;
      eve = null;
    } else {
      logDirectory = eveOptions.directory();
      CoverageReport.reserve(logDirectory);
      eve = EveFile.open(eveOptions, counters.newBlock());
      if (knowledge.options().evidenceWanted()) {
        evidence =
            new EvidenceRecorder(
                eveOptions.directory(),
                knowledge.options().evidence(),
                EvidenceRecorder.DEFAULT_MAX_OPEN,
                counters.newBlock());
      }
    }
    stats = knowledge.options().events().stats();
    inspection = new Inspection(knowledge.options(), counters, sources, evidence, this);
    knowledge.notices().forEach(listener::notice);
  }

  Inspection inspection() {
    return inspection;
  }

  void onStop(Runnable action) {
    stopper = action;
  }

  /** Where to ask why the sources do not deliver. */
  void onNotReady(Supplier<List<String>> reasons) {
    sourcesNotReady = reasons;
  }

  // ---- called by the alert desk

  @Override
  public void alert(Alert alert) {
    listener.alert(alert);
  }

  @Override
  public void eve(JsonWriter line, long tickNanos, @Nullable Alert alert) {
    EveFile file = eve;
    if (file != null) {
      if (alert == null) {
        file.event(line, tickNanos);
      } else {
        file.alert(alert, line, tickNanos);
      }
    }
    listener.eve(line.array(), line.length(), alert != null);
  }

  @Override
  public void idle() {
    EveFile file = eve;
    if (file != null) {
      file.tick(System.nanoTime());
      String problem = file.state().problem();
      if (problem != null && !problem.equals(eveProblem)) {
        listener.notice("eve.json: " + problem);
      }
      eveProblem = problem;
    }
  }

  // ---- asked by commands and the live port

  @Override
  public Progress progress() {
    return new Progress(
        counters.sum(Counter.BYTES_DELIVERED),
        bytesTotal,
        inspection.framesRead(),
        inspection.alerts());
  }

  @Override
  public Counters counters() {
    return counters;
  }

  @Override
  public Map<String, Histogram> latencies() {
    return inspection.latencies();
  }

  @Override
  public List<String> notReady() {
    List<String> reasons = new ArrayList<>(sourcesNotReady.get());
    String desk = inspection.problem();
    if (desk != null) {
      reasons.add(desk);
    }
    String disk = eveProblem;
    if (disk != null) {
      reasons.add("eve.json cannot be written: " + disk);
    }
    return reasons;
  }

  @Override
  public void stop() {
    stopper.run();
    inspection.stop();
  }

  // ---- the end

  /**
   * Ends the inspection and writes the last event, after every frame has been inspected.
   *
   * @param firstNanos when it began, by the clock that packets are stamped with
   * @param lastNanos when it ended, by the same
   */
  void finish(long firstNanos, long lastNanos) throws IOException {
    inspection.finish();
    EveFile file = eve;
    if (file != null) {
      if (stats) {
        long uptime = Math.max(0, lastNanos - firstNanos) / 1_000_000_000L;
        StatsEve.write(json, lastNanos, uptime, counters::sum);
        file.event(json, lastNanos);
        listener.eve(json.array(), json.length(), false);
      }
      // Closed before the account is drawn up: what it still holds is lost only now.
      file.close();
    }
  }

  /**
   * The account, also written to {@code coverage.json}.
   *
   * @param wire frames that the sources held or saw
   * @param skipped what was found and not read
   */
  SessionResult account(long wire, List<Coverage.Input> inputs, List<Coverage.Skipped> skipped) {
    Coverage coverage =
        new Coverage(
            Coverage.Frames.of(counters, wire),
            inspection.layers(),
            inspection.malformations(),
            inspection.flows(),
            inspection.equipmentSeen(),
            inspection.alertsBySeverity(),
            inputs,
            skipped,
            new Coverage.Mirror(
                counters.sum(Counter.ONE_SIDED_FLOWS),
                counters.sum(Counter.DUPLICATE_FRAMES),
                counters.sum(Counter.REORDERED_FRAMES),
                counters.sum(Counter.FRAMES_TRUNCATED),
                counters.sum(Counter.FRAMES_BAD_CHECKSUM)),
            Coverage.sums(counters));
    return new SessionResult(coverage, inspection.inventory(), losses(coverage));
  }

  /** Writes the account, and says what could not be written, itself included. */
  private List<String> losses(Coverage coverage) {
    List<String> losses = new ArrayList<>();
    long events = counters.sum(Counter.EVENTS_DROPPED);
    EveFile file = eve;
    if (events > 0 && file != null) {
      String problem = file.state().problem();
      losses.add(
          "%,d events were lost: %s"
              .formatted(events, problem == null ? "eve.json could not be written" : problem));
    }
    long evidence = counters.sum(Counter.EVIDENCE_FAILED);
    if (evidence > 0) {
      losses.add("evidence of %,d alerts was lost: the disk failed".formatted(evidence));
    }
    Path directory = logDirectory;
    if (directory != null) {
      try {
        CoverageReport.write(coverage, directory);
      } catch (IOException e) {
        losses.add("coverage.json could not be written: " + Engine.message(e));
      }
    }
    return losses;
  }

  @Override
  public void close() throws IOException {
    try {
      inspection.close();
    } finally {
      EveFile file = eve;
      if (file != null) {
        file.close();
      }
    }
  }
}
