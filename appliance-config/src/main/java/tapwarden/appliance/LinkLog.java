package tapwarden.appliance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.cli.Outages;
import tapwarden.appliance.cli.Outages.Gap;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.source.live.LinkListener;
import tapwarden.capture.source.live.LinkState;

/**
 * Remembers when the interfaces of a session were down: the reasons why it is not ready now, and
 * the outages for its account at the end. Told by the capture thread, asked by any.
 */
final class LinkLog implements LinkListener {
  /** Most outages of an interface that are listed; further ones are counted. */
  static final int MOST_LISTED = 256;

  private final Clock clock;
  private final CounterBlock counters;
  private final Consumer<String> say;
  private final Map<String, History> histories = new LinkedHashMap<>();

  /** What happened to one interface. */
  private static final class History {
    final List<Gap> listed = new ArrayList<>();
    LinkState state = LinkState.UP;

    /** How the outage began; on its way up a link has no carrier for a moment, which says less. */
    LinkState why = LinkState.UP;

    Duration total = Duration.ZERO;
    long count;
    @Nullable Instant since;
  }

  /**
   * @param counters a block that the capture thread owns
   * @param say gets what a person should know
   */
  LinkLog(Clock clock, CounterBlock counters, Consumer<String> say) {
    this.clock = clock;
    this.counters = counters;
    this.say = say;
  }

  @Override
  public void linkChanged(String interfaceName, LinkState state) {
    say.accept(changed(interfaceName, state, clock.instant()));
  }

  private synchronized String changed(String name, LinkState state, Instant now) {
    History history = histories.computeIfAbsent(name, unknown -> new History());
    LinkState before = history.state;
    history.state = state;
    if (state == LinkState.UP) {
      return name + " is up again after " + inSeconds(end(history, name, now));
    }
    if (before == LinkState.UP) {
      history.since = now;
      history.count++;
      counters.increment(Counter.LINK_OUTAGES);
    }
    if (before == LinkState.UP || state == LinkState.GONE) {
      history.why = state;
    }
    String outlook = state == LinkState.GONE ? " any more" : " until it is up again";
    return name + " " + state.words() + ": nothing is seen on it" + outlook;
  }

  private static Duration end(History history, String name, Instant now) {
    Instant since = history.since;
    if (since == null) {
      return Duration.ZERO;
    }
    Duration down = Duration.between(since, now);
    history.total = history.total.plus(down);
    list(history, new Gap(since, now, name + " " + history.why.words()));
    history.since = null;
    return down;
  }

  private static void list(History history, Gap gap) {
    if (history.listed.size() < MOST_LISTED) {
      history.listed.add(gap);
    }
  }

  /** {@code 3.2 s}; whoever set the clock back meanwhile reads 0. */
  private static String inSeconds(Duration duration) {
    return "%.1f s".formatted(Math.max(0, duration.toMillis()) / 1e3);
  }

  /** Why not everything is seen now: one sentence for each interface that is down. */
  synchronized List<String> notReady() {
    List<String> reasons = new ArrayList<>();
    histories.forEach((name, history) -> {
      if (history.since != null) {
        reasons.add(name + " " + history.why.words() + ", since " + history.since);
      }
    });
    return reasons;
  }

  /** The interfaces that were removed. */
  synchronized List<String> gone() {
    return histories.entrySet().stream()
        .filter(entry -> entry.getValue().state == LinkState.GONE)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The outages of an interface up to {@code now}. */
  synchronized Outages outages(String name, Instant now) {
    History history = histories.get(name);
    if (history == null) {
      return Outages.NONE;
    }
    List<Gap> gaps = new ArrayList<>(history.listed);
    Duration total = history.total;
    Instant since = history.since;
    if (since != null) {
      total = total.plus(Duration.between(since, now));
      if (gaps.size() < MOST_LISTED) {
        gaps.add(new Gap(since, null, name + " " + history.why.words()));
      }
    }
    return new Outages(history.count, total, gaps);
  }
}
