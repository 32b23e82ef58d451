package tapwarden.inspect.pipeline;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.IncidentBook;
import tapwarden.inspect.alert.IncidentOptions;
import tapwarden.inspect.alert.Severity;
import tapwarden.inspect.alert.Suppressions;
import tapwarden.inspect.equipment.Claim;
import tapwarden.inspect.equipment.IdentityFact;
import tapwarden.inspect.equipment.TraitBook;
import tapwarden.inspect.equipment.TraitLimits;
import tapwarden.inspect.equipment.TraitNews;
import tapwarden.inspect.equipment.TraitSeen;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.evidence.EvidenceComment;
import tapwarden.inspect.sink.evidence.EvidenceFrame;
import tapwarden.inspect.sink.evidence.EvidenceRecorder;

/**
 * Where all workers' outputs arrive in one order: folds findings into incidents, keeps their
 * evidence, and passes lines on. One thread, the only one that says anything to the outside.
 */
final class AlertDesk implements OutputMerger.Listener {
  static final long LATENCY_MAX_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Most pieces of equipment told apart for the count in the coverage report. */
  private static final int MOST_EQUIPMENT = 1 << 20;

  private final InspectionOptions options;
  private final InspectionListener listener;
  private final IncidentBook book;
  private final EveEvents events;
  private final @Nullable EvidenceRecorder evidence;

  /** Incidents that still want packets after the alert, oldest first: as many as have files. */
  private final Map<IncidentKey, Keeping> keeping = new LinkedHashMap<>();

  private final TraitBook traits;
  private final Set<String> equipment = new HashSet<>();
  private final SingleWriterRecorder latency = new SingleWriterRecorder(LATENCY_MAX_NANOS, 2);
  private final JsonWriter json = new JsonWriter();
  private @Nullable Raised current;

  /** Packet time by the clock, at what is at hand; never a packet's own stamp. */
  private long tickNanos = Long.MIN_VALUE;

  private long alertsRaised;
  private volatile long alerts;
  private volatile int equipmentSeen;

  /** Evidence that is still being collected for an incident. */
  private static final class Keeping {
    final String alertId;
    int left;
    private Interest interest = new Interest();

    Keeping(String alertId, int left) {
      this.alertId = alertId;
      this.left = left;
    }
  }

  AlertDesk(
      InspectionOptions options,
      InspectionListener listener,
      EveEvents events,
      @Nullable EvidenceRecorder evidence,
      CounterBlock counters) {
    this.options = options;
    this.listener = listener;
    this.events = events;
    this.evidence = evidence;
    traits = new TraitBook(TraitLimits.DEFAULT, counters);
    IncidentOptions incidents = options.incidents();
    book =
        new IncidentBook(
            new IncidentOptions(
                incidents.maxOpen(),
                incidents.maxEndpoints(),
                incidents.idleNanos(),
                evidence != null),
            new Suppressions(options.suppressions()),
            counters,
            this::onAlert);
  }

  @Override
  public void onOutput(OutEvent event) {
    if (event.tickNanos != tickNanos) {
      tickNanos = event.tickNanos;
      if (evidence != null) {
        evidence.advance(tickNanos);
      }
    }
    switch (event.message) {
      case null -> listener.eve(event.line(), tickNanos, null);
      case Raised raised -> {
        current = raised;
        book.accept(raised.finding(), tickNanos);
        current = null;
        settleInterest(raised);
      }
      case Aftermath aftermath -> keep(aftermath);
      case IdentityFact.DeviceSeen seen -> deviceSeen(seen);
      case TraitSeen seen -> traitSeen(seen);
      default -> throw new IllegalStateException("unknown output " + event.message.getClass());
    }
  }

  private void onAlert(Alert alert) {
    Raised raised = current;
    if (alert.revision() == 1) {
      alertsRaised++;
      alerts = alertsRaised;
      if (raised != null) {
        begin(alert, raised);
        latency.recordValue(
            Math.clamp(System.nanoTime() - raised.handedOverNanos(), 1, LATENCY_MAX_NANOS));
      }
    }
    if (options.events().alert()) {
      events.alert(json.reset(), alert);
      listener.eve(json, tickNanos, alert);
    }
    listener.alert(alert);
  }

  private void begin(Alert alert, Raised raised) {
    EvidenceRecorder recorder = evidence;
    if (recorder == null) {
      return;
    }
    long opened = raised.finding().firstPacketNumber();
    recorder.begin(alert.id(), EvidenceComment.of(alert), raised.frames(), opened);
    int after = options.evidence().after();
    if (after > 0) {
      IncidentKey key = IncidentKey.of(raised.finding());
      if (keeping.size() >= EvidenceRecorder.DEFAULT_MAX_OPEN && !keeping.containsKey(key)) {
        Iterator<Keeping> oldest = keeping.values().iterator();
        Keeping given = oldest.next();
        recorder.finish(given.alertId);
        given.interest.end();
        oldest.remove();
      }
      keeping.put(key, new Keeping(alert.id(), after));
    } else {
      recorder.finish(alert.id());
    }
  }

  /** Tells the worker if packets after this finding will be ignored. */
  private void settleInterest(Raised raised) {
    Keeping kept = keeping.get(IncidentKey.of(raised.finding()));
    if (kept == null) {
      raised.interest().end();
    } else {
      kept.interest = raised.interest();
    }
  }

  private void keep(Aftermath aftermath) {
    EvidenceRecorder recorder = evidence;
    if (recorder == null) {
      return;
    }
    EvidenceFrame frame = aftermath.frame();
    for (IncidentKey key : aftermath.incidents()) {
      Keeping kept = keeping.get(key);
      if (kept != null) {
        if (!recorder.add(kept.alertId, frame) || --kept.left == 0) {
          recorder.finish(kept.alertId);
          kept.interest.end();
          keeping.remove(key);
        }
      }
    }
  }

  private void deviceSeen(IdentityFact.DeviceSeen seen) {
    if (equipment.size() < MOST_EQUIPMENT && equipment.add(seen.equipment().id())) {
      equipmentSeen = equipment.size();
      if (options.events().equipment()) {
        events.deviceSeen(json.reset(), seen);
        listener.eve(json, tickNanos, null);
      }
    }
  }

  private void traitSeen(TraitSeen seen) {
    TraitNews news = traits.hear(seen, events.placeOf(seen.packetNumber(), seen.packetNanos()));
    if (news == null || !options.events().equipment()) {
      return;
    }
    events.trait(json.reset(), news);
    listener.eve(json, tickNanos, null);
    for (Claim contradiction : news.contradictions()) {
      events.contradiction(json.reset(), news, contradiction);
      listener.eve(json, tickNanos, null);
    }
  }

  /** What devices said of themselves; to be asked on the desk's thread or after its end. */
  TraitBook traits() {
    return traits;
  }

  /** Puts the evidence so far where it outlives the process; to be called about once a second. */
  void flush() {
    EvidenceRecorder recorder = evidence;
    if (recorder != null) {
      recorder.flush();
    }
  }

  /** The stream is over: last revisions, last evidence. */
  void close() {
    book.close();
    EvidenceRecorder recorder = evidence;
    if (recorder != null) {
      recorder.close();
    }
  }

  /** Alerts so far, revisions not counted; any thread may ask. */
  long alerts() {
    return alerts;
  }

  int equipmentSeen() {
    return equipmentSeen;
  }

  /** Alerts by highest severity; to be asked on the desk's thread or after its end. */
  Map<Severity, Long> alertsBySeverity() {
    Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    book.incidents().forEach((severity, count) -> counts.put(severity, count.longValue()));
    return counts;
  }

  SingleWriterRecorder latency() {
    return latency;
  }
}
