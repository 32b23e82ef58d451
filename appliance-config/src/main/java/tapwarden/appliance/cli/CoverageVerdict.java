package tapwarden.appliance.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tapwarden.appliance.config.Visible;
import tapwarden.capture.source.Damage;
import tapwarden.inspect.decode.Malformation;

/**
 * Whether everything was seen, with the reasons why not. A pure function of the account.
 *
 * @param why one sentence a reason; empty exactly when everything was seen
 */
public record CoverageVerdict(Sight sight, List<String> why) {

  /** How much of the traffic was seen. */
  public enum Sight {
    SEEN,
    PARTLY,
    BLIND;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** With fewer flows than this a one-sided share says nothing about the mirror port. */
  static final long LEAST_FLOWS_TO_JUDGE_BY = 10;

  public CoverageVerdict {
    why = List.copyOf(why);
  }

  /** {@code seen: every frame was inspected}, {@code partly seen: ...}. */
  String sentence(boolean color) {
    String reasons = Visible.text(String.join("; ", why));
    return switch (sight) {
      case SEEN -> Ansi.GREEN.paint("seen", color) + ": every frame was inspected";
      case PARTLY -> Ansi.YELLOW.paint("partly seen", color) + ": " + reasons;
      case BLIND -> Ansi.RED.paint("blind", color) + ": " + reasons;
    };
  }

  static CoverageVerdict of(Coverage coverage) {
    Coverage.Frames frames = coverage.frames();
    List<String> why = new ArrayList<>();
    lost(frames, why);
    damaged(coverage, why);
    outages(coverage, why);
    mirror(coverage, why);
    tooDeep(coverage, why);
    if (frames.unaccounted() != 0) {
      why.add("the account does not balance by " + frames(frames.unaccounted()));
    }
    if (frames.delivered() != frames.inspected() + frames.quarantined()) {
      long missing = frames.delivered() - frames.inspected() - frames.quarantined();
      why.add(framesWere(missing) + " delivered but neither inspected nor quarantined");
    }
    if (frames.inspected() == 0) {
      why.addFirst(
          frames.wire() == 0 ? "there was no frame to see" : "not one frame could be inspected");
      return new CoverageVerdict(Sight.BLIND, why);
    }
    return new CoverageVerdict(why.isEmpty() ? Sight.SEEN : Sight.PARTLY, why);
  }

  private static void lost(Coverage.Frames frames, List<String> why) {
    if (frames.kernelDropped() > 0) {
      why.add(framesWere(frames.kernelDropped()) + " lost in the kernel's capture buffer");
    }
    if (frames.interfaceDropped() > 0) {
      why.add(framesWere(frames.interfaceDropped()) + " lost by the interface or its driver");
    }
    for (Map.Entry<String, Long> reason : frames.shed().entrySet()) {
      if (reason.getValue() > 0) {
        why.add(framesWere(reason.getValue()) + " shed (" + reason.getKey() + ")");
      }
    }
    if (frames.filtered() > 0) {
      why.add(framesWere(frames.filtered()) + " left out by the filter");
    }
    if (frames.quarantined() > 0) {
      why.add(framesWere(frames.quarantined()) + " quarantined because inspecting them failed");
    }
  }

  private static void damaged(Coverage coverage, List<String> why) {
    if (coverage.frames().damaged() > 0) {
      why.add(framesWere(coverage.frames().damaged()) + " damaged");
    }
    for (Coverage.Input input : coverage.damagedInputs()) {
      Damage first = input.damage().getFirst();
      String places = Plural.of(input.damage().size(), "place", "places");
      String place = input.place(first);
      String start = place.isEmpty() ? ": " : ", first at " + place + ": ";
      why.add(input.path() + " is damaged in " + places + start + first.why());
    }
  }

  private static void outages(Coverage coverage, List<String> why) {
    for (Coverage.Input input : coverage.inputs()) {
      Outages outages = input.outages();
      if (outages.count() > 0) {
        String times = Plural.of(outages.count(), "time", "times");
        double seconds = Math.max(0, outages.total().toMillis()) / 1e3;
        why.add("%s was down %s, for %.1f s in all".formatted(input.path(), times, seconds));
      }
    }
  }

  private static void mirror(Coverage coverage, List<String> why) {
    if (coverage.mirror().truncatedFrames() > 0) {
      why.add(framesWere(coverage.mirror().truncatedFrames()) + " captured only in part");
    }
    long oneSided = coverage.mirror().oneSidedFlows();
    if (coverage.flows() >= LEAST_FLOWS_TO_JUDGE_BY && oneSided > coverage.flows() / 2) {
      String flows = Plural.of(coverage.flows(), "flow", "flows");
      why.add(oneSided + " of " + flows + " show one direction only, as if the mirror copied one");
    }
  }

  private static void tooDeep(Coverage coverage, List<String> why) {
    long deep = coverage.malformations().getOrDefault(Malformation.LAYER_LIMIT.id(), 0L);
    if (deep > 0) {
      why.add(frames(deep) + (deep == 1 ? " has" : " have") + " more headers than are read");
    }
  }

  private static String framesWere(long count) {
    return frames(count) + (count == 1 ? " was" : " were");
  }

  private static String frames(long count) {
    return Plural.of(count, "frame", "frames");
  }
}
