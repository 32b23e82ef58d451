package tapwarden.inspect.alert;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Folds the findings about one (equipment, endpoint, detector) into one incident and says when it
 * is worth a line: at the first finding (revision 1), when the stage or the severity rises, at 10,
 * 100, 1000, ... contacts, and when it is closed if anything changed since the last line. Counts
 * are exact throughout: a contact counts once, however much is found of it ({@link Alert#count}).
 *
 * <p>Endpoints are easily made up. When {@link IncidentOptions#maxEndpoints()} incidents of a
 * severity are open about one (equipment, detector), the findings about further endpoints fold into
 * one more incident that says so ({@link Counter#FINDINGS_CROWDED}), with an id of its own, the
 * endpoint that opened it and a list of the first others; graver ones have room of their own.
 *
 * <p>An incident is closed when it was idle for {@link IncidentOptions#idleNanos()} of packet time,
 * when the table is full and it was quiet longest ({@link Counter#INCIDENTS_EVICTED}), and by
 * {@link #close()}. Idle incidents are looked for before each finding only, so what is said and in
 * which order depends on the findings alone. Time is that of the clock's ticks, never a packet's
 * own stamp, which may be wild; when the clock steps back, idleness goes on from what it was. Used
 * by one thread.
 */
public final class IncidentBook implements AutoCloseable {
  private final IncidentOptions options;
  private final CounterBlock counters;
  private final Consumer<Alert> listener;
  private Suppressions suppressions;

  /**
   * By {@link #crowd} and endpoint, the one that was quiet longest first. Packets choose the keys;
   * strings are Comparable, so HashMap keeps crowded bins as trees and look-ups stay logarithmic
   * (JEP 180).
   */
  private final LinkedHashMap<String, Incident> open = new LinkedHashMap<>(64, 0.75f, true);

  /**
   * Ids of the incidents closed last, as many as may be open: a contact that goes on when its
   * incident is closed must not begin another under the same id.
   */
  private final LinkedHashSet<String> closed = new LinkedHashSet<>();

  /** Open incidents by {@link #crowd}; never more entries than open incidents. */
  private final Map<String, Integer> crowds = new HashMap<>();

  private final Map<Severity, Integer> incidents = new EnumMap<>(Severity.class);
  private final ElapsedTime time;

  /**
   * @param listener gets each revision, in order, on the calling thread
   */
  public IncidentBook(
      IncidentOptions options,
      Suppressions suppressions,
      CounterBlock counters,
      Consumer<Alert> listener) {
    this.options = options;
    time = new ElapsedTime(options.idleNanos());
    this.suppressions = suppressions;
    this.counters = counters;
    this.listener = listener;
  }

  /** Puts another list in force, from the next finding on; open incidents stay open. */
  public void suppressions(Suppressions replacement) {
    suppressions = replacement;
  }

  /**
   * Takes the next finding of the stream.
   *
   * @param tickNanos packet time at the last tick of the clock before it
   */
  public void accept(Finding finding, long tickNanos) {
    counters.increment(Counter.FINDINGS);
    time.goOn(tickNanos);
    closeIdle();
    if (suppressions.suppresses(finding)) {
      counters.increment(Counter.FINDINGS_SUPPRESSED);
      return;
    }
    String crowd = crowd(finding);
    String key = crowd + finding.endpoint().key();
    Incident incident = open.get(key);
    String severity = "|" + Severity.ofScore(finding.score()).id();
    boolean crowded = false;
    if (incident == null && crowds.getOrDefault(crowd + severity, 0) >= options.maxEndpoints()) {
      counters.increment(Counter.FINDINGS_CROWDED);
      crowded = true;
      key = crowd + severity;
      incident = open.get(key);
    }
    if (incident == null) {
      open(key, finding, crowded ? null : crowd + severity);
      return;
    }
    Severity before = incident.severity();
    boolean worthALine = incident.fold(finding, time.tickNanos(), time.nanos());
    if (incident.severity() != before) {
      incidents.merge(before, -1, Integer::sum);
      incidents.merge(incident.severity(), 1, Integer::sum);
    }
    if (worthALine) {
      emit(incident);
    }
  }

  /** Incidents so far, open and closed, by the highest severity that each reached. */
  public Map<Severity, Integer> incidents() {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      counts.put(severity, incidents.getOrDefault(severity, 0));
    }
    return counts;
  }

  /** Incidents open now. */
  public int openIncidents() {
    return open.size();
  }

  /** Closes all incidents, the one that was quiet longest first; nothing is lost by it. */
  @Override
  public void close() {
    open.values().forEach(this::emitRest);
    open.clear();
    crowds.clear();
  }

  private void open(String key, Finding finding, @Nullable String crowd) {
    if (open.size() == options.maxOpen()) {
      counters.increment(Counter.INCIDENTS_EVICTED);
      closeEldest();
    }
    Incident incident =
        new Incident(
            id(finding, crowd == null),
            finding,
            crowd,
            options.maxEndpoints(),
            time.tickNanos(),
            time.nanos(),
            options.evidence());
    open.put(key, incident);
    if (crowd != null) {
      crowds.merge(crowd, 1, Integer::sum);
    }
    counters.increment(Counter.INCIDENTS);
    incidents.merge(incident.severity(), 1, Integer::sum);
    emit(incident);
  }

  private String id(Finding first, boolean ofFurther) {
    String id = idAt(first, ofFurther, first.firstPacketNanos());
    return closed.contains(id) ? idAt(first, ofFurther, first.packetNanos()) : id;
  }

  private static String idAt(Finding first, boolean ofFurther, long nanos) {
    return ofFurther ? AlertId.ofFurther(first, nanos) : AlertId.of(first, nanos);
  }

  private void closeIdle() {
    while (!open.isEmpty()) {
      Incident eldest = open.firstEntry().getValue();
      if (time.nanos() - eldest.touchedNanos() <= options.idleNanos()) {
        return;
      }
      closeEldest();
    }
  }

  private void closeEldest() {
    Map.Entry<String, Incident> eldest = open.pollFirstEntry();
    if (eldest != null) {
      String crowd = eldest.getValue().crowd();
      if (crowd != null) {
        crowds.computeIfPresent(crowd, (key, n) -> n == 1 ? null : n - 1);
      }
      emitRest(eldest.getValue());
      if (closed.size() == options.maxOpen()) {
        closed.removeFirst();
      }
      closed.add(eldest.getValue().id());
    }
  }

  private void emitRest(Incident incident) {
    if (incident.changedSinceLastRevision()) {
      emit(incident);
    }
  }

  private void emit(Incident incident) {
    counters.increment(Counter.ALERT_LINES);
    listener.accept(incident.nextRevision());
  }

  /**
   * Equipment and detector; an endpoint or a severity, which begins with "|" as no endpoint does,
   * makes it a key. The length stands before what people choose, so that no two are alike.
   */
  private static String crowd(Finding finding) {
    String subject = finding.subject().id();
    return subject.length() + ":" + subject + finding.signature().detector() + "|";
  }
}
