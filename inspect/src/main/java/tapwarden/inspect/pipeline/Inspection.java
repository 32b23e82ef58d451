package tapwarden.inspect.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.ring.BatchPlanner;
import tapwarden.capture.ring.CaptureLoop;
import tapwarden.capture.ring.FrameRing;
import tapwarden.capture.ring.Quarantine;
import tapwarden.capture.source.PacketSource;
import tapwarden.inspect.alert.Severity;
import tapwarden.inspect.decode.LayerCounts;
import tapwarden.inspect.decode.MalformationCounts;
import tapwarden.inspect.equipment.HashKey;
import tapwarden.inspect.equipment.IdentityTracker;
import tapwarden.inspect.equipment.InventoryEntry;
import tapwarden.inspect.flow.PacketClock;
import tapwarden.inspect.sink.evidence.EvidenceRecorder;

/**
 * An inspection from the first frame to the last alert: the capture loop on the caller's thread,
 * the workers behind the ring, the alert desk on a thread of its own.
 */
public final class Inspection implements AutoCloseable {
  private static final long DRAIN_SECONDS = 60;
  private static final long DESK_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long IDLE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long FLUSH_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_AT_ONCE = 1024;

  private final InspectionOptions options;
  private final Counters counters;
  private final InspectionListener listener;
  private final List<Inspector> inspectors = new ArrayList<>();
  private final List<WorkerOutput> outputs = new ArrayList<>();
  private final DeskBell bell = new DeskBell();
  private final IdentityTracker identities;
  private final AlertDesk desk;
  private final FrameRing ring;
  private final BatchPlanner planner;
  private final Quarantine quarantine;
  private final Thread deskThread;
  private final Histogram inspected = new Histogram(TimeUnit.MINUTES.toNanos(1), 2);
  private final Histogram alerted = new Histogram(AlertDesk.LATENCY_MAX_NANOS, 2);
  private volatile @Nullable CaptureLoop loop;
  private volatile @Nullable Throwable deskProblem;
  private long nextNumber = 1;
  private boolean finished;

  /**
   * @param sources names of the interfaces, filled by the caller before their first frame
   * @param evidence where packets that prove alerts are kept; null to keep none
   */
  public Inspection(
      InspectionOptions options,
      Counters counters,
      SourceNames sources,
      @Nullable EvidenceRecorder evidence,
      InspectionListener listener) {
    this.options = options;
    this.counters = counters;
    this.listener = listener;
    int workers = options.ring().workers();
    HashKey key = HashKey.random();
    identities =
        new IdentityTracker(
            options.directory(), options.networks(), options.identity(), counters.newBlock());
    PacketClock clock = new PacketClock();
    for (int i = 0; i < workers; i++) {
      WorkerParts parts = new WorkerParts(options, sources, key, counters, bell);
      outputs.add(parts.output());
      inspectors.add(new Inspector(parts, i, workers == 1 ? identities : null));
    }
    planner =
        workers == 1
            ? new SingleWorkerPlan(clock)
            : new OwnerShards(
                workers,
                options.directory(),
                options.networks(),
                identities,
                new ShardHash(key.first()),
                clock,
                sources,
                options.fragments(),
                key.second(),
                counters.newBlock());
    desk = new AlertDesk(options, listener, new EveEvents(sources), evidence, counters.newBlock());
    quarantine = new Quarantine(options.logDirectory().resolve("quarantine/frames.pcapng"));
    ring = new FrameRing(options.ring(), inspectors, counters, quarantine);
    deskThread = Thread.ofPlatform().name("alert-desk").daemon(true).start(this::runDesk);
  }

  /**
   * Reads {@code source} to its end on the calling thread. May be called for one source after the
   * other; frames are numbered on.
   *
   * @throws IOException when the source failed for good
   */
  public void read(PacketSource source) throws IOException {
    CaptureLoop reading =
        new CaptureLoop(source, ring, options.ring(), planner, counters.newBlock(), nextNumber);
    loop = reading;
    try {
      reading.run();
    } finally {
      nextNumber = reading.nextNumber();
    }
  }

  /** Makes {@link #read} return soon; any thread may call it. */
  public void stop() {
    CaptureLoop reading = loop;
    if (reading != null) {
      reading.stop();
    }
  }

  /**
   * Waits until every frame has been inspected and every output delivered.
   *
   * @throws IOException when that did not happen, naming what stood still
   */
  public void finish() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    boolean drained = ring.drain(DRAIN_SECONDS, TimeUnit.SECONDS);
    outputs.forEach(output -> output.progress(Long.MAX_VALUE));
    try {
      deskThread.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    quarantine.close();
    if (!drained) {
      throw new IOException("inspection did not finish within " + DRAIN_SECONDS + " s");
    }
    Throwable problem = deskProblem;
    if (problem != null) {
      throw new IOException("alerts could not be delivered: " + problem, problem);
    }
    if (deskThread.isAlive()) {
      throw new IOException("alerts could not be delivered within " + DRAIN_SECONDS + " s");
    }
  }

  private void runDesk() {
    OutputMerger merger = new OutputMerger(outputs);
    long idleDue = System.nanoTime();
    long flushDue = idleDue;
    try {
      while (true) {
        boolean over = allOver();
        int passed = merger.poll(desk, MOST_AT_ONCE);
        if (System.nanoTime() - idleDue >= 0) {
          idleDue = System.nanoTime() + IDLE_EVERY_NANOS;
          listener.idle();
          if (System.nanoTime() - flushDue >= 0) {
            flushDue = System.nanoTime() + FLUSH_EVERY_NANOS;
            desk.flush();
          }
        }
        if (passed == 0) {
          if (over) {
            break;
          }
          sleep(merger, idleDue - System.nanoTime());
        }
      }
      desk.close();
      listener.idle();
    } catch (Throwable problem) {
      deskProblem = problem;
      discard(merger);
    }
  }

  /** Waits for outputs, unless some came meanwhile, and at most until it is time to be idle. */
  private void sleep(OutputMerger merger, long nanos) {
    bell.aboutToSleep(merger.holdsOutputs());
    if (merger.poll(desk, 1) == 0 && !allOver()) {
      bell.sleep(nanos);
    }
    bell.awake();
  }

  private boolean allOver() {
    return outputs.stream().allMatch(output -> output.progress() == Long.MAX_VALUE);
  }

  /** After a failure the workers must not wait for ever for a desk that is gone. */
  private void discard(OutputMerger merger) {
    while (!allOver()) {
      merger.poll(event -> {}, MOST_AT_ONCE);
      LockSupport.parkNanos(DESK_WAIT_NANOS);
    }
  }

  /** Frames read so far; any thread may ask. */
  public long framesRead() {
    CaptureLoop reading = loop;
    return reading == null ? 0 : reading.nextNumber() - 1;
  }

  /** Alerts so far, without later revisions; any thread may ask. */
  public long alerts() {
    return desk.alerts();
  }

  public long equipmentSeen() {
    return desk.equipmentSeen();
  }

  /** Share of the ring in use, 0 to 1; any thread may ask. */
  public double ringFill() {
    return ring.fill();
  }

  /** Why alerts do not come through, or null. */
  public @Nullable String problem() {
    Throwable problem = deskProblem;
    return problem == null ? null : "alerts cannot be delivered: " + problem;
  }

  /** Latencies in nanoseconds since the start, by name; copies, any thread may ask. */
  public Map<String, Histogram> latencies() {
    synchronized (inspected) {
      ring.drainLatencies(inspected);
      alerted.add(desk.latency().getIntervalHistogram());
      return Map.of("capture_to_inspected", inspected.copy(), "capture_to_alert", alerted.copy());
    }
  }

  /** Frames by layer id; to be asked after {@link #finish}. */
  public Map<String, Long> layers() {
    LayerCounts sum = new LayerCounts();
    inspectors.forEach(inspector -> sum.add(inspector.layers()));
    return sum.byName();
  }

  /** Frames by malformation; to be asked after {@link #finish}. */
  public Map<String, Long> malformations() {
    MalformationCounts sum = new MalformationCounts();
    inspectors.forEach(inspector -> sum.add(inspector.malformations()));
    return sum.byName();
  }

  /** Alerts by severity; to be asked after {@link #finish}. */
  public Map<Severity, Long> alertsBySeverity() {
    return desk.alertsBySeverity();
  }

  /** Every device that was seen; to be asked after {@link #finish}. */
  public List<InventoryEntry> inventory() {
    return identities.inventory(desk.traits());
  }

  public long flows() {
    return counters.sum(Counter.FLOWS_BEGUN);
  }

  @Override
  public void close() throws IOException {
    finish();
    ring.close();
  }
}
