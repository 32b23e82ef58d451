package tapwarden.inspect.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tapwarden.capture.count.Counters;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.ring.RingOptions;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.IncidentOptions;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.HashKey;
import tapwarden.inspect.equipment.IdentityOptions;
import tapwarden.inspect.equipment.IdentityTracker;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.equipment.Policies;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.flow.PacketClock;
import tapwarden.inspect.fragment.FragmentOptions;
import tapwarden.inspect.intel.IndicatorLoader;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.intel.IndicatorSource;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.stream.StreamOptions;

/**
 * The one worker of an inspection, driven frame by frame on the test's thread, each frame in a
 * batch of its own; findings are read from its output.
 */
final class OneWorker {
  static final long SECOND = 1_000_000_000L;
  static final long START = 1_793_577_600L * SECOND;

  final Counters counters = new Counters();
  private final AtomicReference<IndicatorSet> lists = new AtomicReference<>(IndicatorSet.EMPTY);
  private final WorkerParts parts;
  private final Inspector inspector;
  private final SingleWorkerPlan plan = new SingleWorkerPlan(new PacketClock());
  private final FrameBatch batch = new FrameBatch(1, FrameBatch.MAX_FRAME_BYTES);
  private final Frame frame = new Frame();
  private long nextNumber = 1;
  private long nanos = START;

  OneWorker() {
    this("none");
  }

  /** With events of those types. */
  OneWorker(String... events) {
    InspectionOptions options = options(Path.of("."), lists::get, events);
    parts = new WorkerParts(options, new OneCapture(), new HashKey(3, 7), counters, new DeskBell());
    IdentityTracker identities =
        new IdentityTracker(
            options.directory(), options.networks(), options.identity(), counters.newBlock());
    inspector = new Inspector(parts, 0, identities);
  }

  /** What an inspection without lists or inventory has, events left out, evidence wanted. */
  static InspectionOptions options(Path directory) {
    return options(directory, () -> IndicatorSet.EMPTY);
  }

  static InspectionOptions options(Path directory, Supplier<IndicatorSet> lists) {
    return options(directory, lists, "none");
  }

  /** The same with events. */
  static InspectionOptions options(Path directory, Supplier<IndicatorSet> lists, String... events) {
    return new InspectionOptions(
        directory,
        RingOptions.DEFAULT,
        FlowOptions.DEFAULT,
        FragmentOptions.DEFAULT,
        StreamOptions.DEFAULT,
        IdentityOptions.DEFAULT,
        IncidentOptions.DEFAULT,
        EvidenceOptions.DEFAULT,
        Networks.standard(),
        EquipmentDirectory.empty(),
        Policies.none(),
        lists,
        List.of(),
        EventSelection.of(List.of(events)),
        2,
        true);
  }

  /** Puts other lists in force, from the next frame on. */
  OneWorker lists(String text) {
    lists.set(list(text));
    return this;
  }

  /** The set that a list of this text makes. */
  static IndicatorSet list(String text) {
    try {
      Path file = Files.createTempFile("list", ".txt");
      Files.writeString(file, text);
      List<IndicatorSource> sources = List.of(new IndicatorSource(file, IndicatorLoader.PLAIN));
      IndicatorSet set = IndicatorLoader.load(sources, Networks.standard(), null).set();
      Files.delete(file);
      return set;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A frame one millisecond after the one before. */
  OneWorker frame(Layer... layers) {
    return bytes(Forge.frame(layers));
  }

  /** The same of a frame that was made before. */
  OneWorker bytes(byte[] bytes) {
    return bytes(MemorySegment.ofArray(bytes));
  }

  /** The same, which allocates nothing itself. */
  OneWorker bytes(MemorySegment bytes) {
    int length = (int) bytes.byteSize();
    batch.clear();
    batch.firstNumber(nextNumber++);
    nanos += SECOND / 1_000;
    batch.append(bytes, 0, length, length, nanos, LinkType.ETHERNET, 0);
    plan.plan(batch);
    inspector.onBatchStart(batch);
    batch.frame(0, frame);
    inspector.expect(0, frame);
    inspector.fetch(1);
    for (int i = 0; i < batch.noticeCount(); i++) {
      inspector.onNotice(batch.notice(i).message());
    }
    inspector.onFrame(0, frame);
    inspector.onBatchEnd(batch, batch.lastNumber());
    return this;
  }

  /** A batch without frames or notices, as the last of a ring that is drained. */
  OneWorker emptyBatch() {
    FrameBatch empty = new FrameBatch(1, FrameBatch.MAX_FRAME_BYTES);
    inspector.onBatchStart(empty);
    inspector.onBatchEnd(empty, empty.lastNumber());
    return this;
  }

  /** Up to which place of the stream the worker says that everything is out. */
  long progress() {
    return parts.output().progress();
  }

  /** What was found since the last call. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    deliver(event -> {
      if (event.message instanceof Raised raised) {
        findings.add(raised.finding());
      }
    });
    return findings;
  }

  /** Hands over what the worker has sent since the last call. */
  void deliver(OutputMerger.Listener desk) {
    WorkerOutput output = parts.output();
    for (OutEvent event = output.peek(); event != null; event = output.peek()) {
      desk.onOutput(event);
      output.taken();
    }
  }
}
