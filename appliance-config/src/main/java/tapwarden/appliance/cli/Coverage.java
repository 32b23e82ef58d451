package tapwarden.appliance.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.Counters;
import tapwarden.capture.source.Damage;
import tapwarden.inspect.alert.Severity;

/**
 * What a session saw and what it did not: the content of {@code coverage.json} but for the verdict,
 * which {@link CoverageVerdict} derives from it.
 *
 * @param layers frames in which a layer occurs at any depth, by layer
 * @param malformations frames with a malformation, by its code
 * @param flows flows seen
 * @param equipment pieces of equipment seen
 * @param alerts alerts by severity, later revisions not counted
 * @param skipped what folders that were given have beside captures
 * @param counters every counter of the product, zeros included
 */
public record Coverage(
    Frames frames,
    Map<String, Long> layers,
    Map<String, Long> malformations,
    long flows,
    long equipment,
    Map<Severity, Long> alerts,
    List<Input> inputs,
    List<Skipped> skipped,
    Mirror mirror,
    Map<String, Long> counters) {

  public Coverage {
    layers = new TreeMap<>(layers);
    malformations = new TreeMap<>(malformations);
    alerts = alerts.isEmpty() ? new EnumMap<>(Severity.class) : new EnumMap<>(alerts);
    inputs = List.copyOf(inputs);
    skipped = List.copyOf(skipped);
    counters = new TreeMap<>(counters);
  }

  /**
   * The account of every frame: {@code wire = delivered + kernel drop + interface drop + filtered +
   * shed + damaged} and {@code delivered = inspected + quarantined}.
   *
   * @param wire frames that the wire or the file held, counted by the source
   * @param shed frames given up by us, by reason
   */
  public record Frames(
      long wire,
      long filtered,
      long kernelDropped,
      long interfaceDropped,
      Map<String, Long> shed,
      long damaged,
      long delivered,
      long inspected,
      long quarantined) {
    private static final String SHED_PREFIX = "frames_shed_";

    public Frames {
      shed = new TreeMap<>(shed);
    }

    /** The account as the counters have it; every counter {@code frames_shed_*} is a reason. */
    public static Frames of(Counters counters, long wire) {
      Map<String, Long> shed = new TreeMap<>();
      for (Counter counter : Counter.values()) {
        if (counter.id().startsWith(SHED_PREFIX)) {
          shed.put(counter.id().substring(SHED_PREFIX.length()), counters.sum(counter));
        }
      }
      return new Frames(
          wire,
          counters.sum(Counter.FRAMES_FILTERED),
          counters.sum(Counter.FRAMES_KERNEL_DROPPED),
          counters.sum(Counter.FRAMES_INTERFACE_DROPPED),
          shed,
          counters.sum(Counter.FRAMES_DAMAGED),
          counters.sum(Counter.FRAMES_DELIVERED),
          counters.sum(Counter.FRAMES_INSPECTED),
          counters.sum(Counter.FRAMES_QUARANTINED));
    }

    public long shedInAll() {
      return shed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Frames of the wire that are in no other number; 0 when the account balances. */
    public long unaccounted() {
      return wire - delivered - kernelDropped - interfaceDropped - filtered - shedInAll() - damaged;
    }
  }

  /** What was found in a folder and not read, and why. */
  public record Skipped(String path, String why) {}

  /**
   * One capture file or interface.
   *
   * @param path as the user gave it, or the interface's name
   * @param sha256 of the bytes as given
   * @param compression such as {@code gzip}, if any: damage is placed in the decompressed bytes
   * @param bytes size as given; 0 for an interface
   * @param first packet time of its first frame; null without a frame
   * @param outages when nothing could come from it, if it is an interface
   */
  public record Input(
      String path,
      Digest sha256,
      @Nullable String compression,
      long bytes,
      long frames,
      @Nullable Instant first,
      @Nullable Instant last,
      List<Damage> damage,
      Outages outages) {
    public Input {
      damage = List.copyOf(damage);
    }

    /** An interface. */
    public Input(String name, long frames, Instant first, Instant last, Outages outages) {
      this(name, Digest.OF_A_WIRE, null, 0, frames, first, last, List.of(), outages);
    }

    /** {@code byte 24}, {@code byte 24 of the decompressed capture}; empty if it is nowhere. */
    public String place(Damage one) {
      if (one.offset() <= 0) {
        return "";
      }
      return "byte " + one.offset() + (compression == null ? "" : " of the decompressed capture");
    }
  }

  /**
   * A SHA-256, or why there is none.
   *
   * @param hex null if there is none
   * @param whyNot empty if there is one
   */
  public record Digest(@Nullable String hex, String whyNot) {
    public static final Digest OF_A_WIRE = new Digest(null, "an interface is not a file");
    public static final Digest NOT_WANTED = new Digest(null, "not asked for");
    public static final Digest NOT_ALL_READ = new Digest(null, "not read to its end");

    public static Digest of(String hex) {
      return new Digest(hex, "");
    }
  }

  /** What tells whether the mirror port copies everything, once, and in order. */
  public record Mirror(
      long oneSidedFlows,
      long duplicateFrames,
      long reorderedFrames,
      long truncatedFrames,
      long badChecksums) {}

  /** Every counter's sum by id, as {@link #counters} wants it. */
  public static Map<String, Long> sums(Counters counters) {
    Map<String, Long> sums = new TreeMap<>();
    for (Counter counter : Counter.values()) {
      sums.put(counter.id(), counters.sum(counter));
    }
    return sums;
  }

  public boolean isDamaged() {
    return frames.damaged() > 0 || inputs.stream().anyMatch(input -> !input.damage().isEmpty());
  }

  public long alerts(Severity severity) {
    return alerts.getOrDefault(severity, 0L);
  }

  /** Alerts of at least this severity. */
  public long alertsFrom(Severity least) {
    long sum = 0;
    for (Severity severity : Severity.values()) {
      sum += severity.number() <= least.number() ? alerts(severity) : 0;
    }
    return sum;
  }

  public CoverageVerdict verdict() {
    return CoverageVerdict.of(this);
  }

  /** Inputs with damage, in order. */
  List<Input> damagedInputs() {
    List<Input> damaged = new ArrayList<>(inputs);
    damaged.removeIf(input -> input.damage().isEmpty());
    return damaged;
  }
}
