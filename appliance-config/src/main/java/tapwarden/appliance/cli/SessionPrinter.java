package tapwarden.appliance.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.config.Visible;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.Severity;

/**
 * Prints a session while it goes on: alerts or EVE lines to standard output, progress and notices
 * to standard error. On a terminal the progress is one line that is drawn again and again and gives
 * way to everything else.
 */
final class SessionPrinter implements SessionListener, AutoCloseable {
  private static final long TERMINAL_PERIOD_MILLIS = 250;
  private static final long LOG_PERIOD_MILLIS = 10_000;

  /** A replay that is over sooner needs no bar. */
  private static final long QUIET_START_MILLIS = 1_000;

  /** Of how many alerts the gravest printed severity is remembered, so as to print a rise. */
  private static final int MOST_REMEMBERED = 10_000;

  private final Terminal terminal;
  private final boolean json;
  private final boolean quiet;
  private final boolean showProgress;
  private final Map<String, Severity> printed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Severity> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private volatile @Nullable SessionView session;
  private @Nullable ScheduledFuture<?> ticks;
  private long startNanos;
  private boolean drawn;

  /**
   * @param showProgress false for a live session, which has no end to come nearer to
   */
  SessionPrinter(Terminal terminal, OutputOptions options, boolean showProgress) {
    this.terminal = terminal;
    this.json = options.json();
    this.quiet = options.quiet();
    this.showProgress = showProgress && !quiet && !json;
  }

  @Override
  public synchronized void started(SessionView view) {
    session = view;
    startNanos = System.nanoTime();
    if (showProgress) {
      long period = terminal.errIsTerminal() ? TERMINAL_PERIOD_MILLIS : LOG_PERIOD_MILLIS;
      long delay = terminal.errIsTerminal() ? QUIET_START_MILLIS : LOG_PERIOD_MILLIS;
      ticks = timer.scheduleWithFixedDelay(this::progress, delay, period, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public synchronized void alert(Alert alert) {
    if (json) {
      return;
    }
    Severity before = printed.put(alert.id(), alert.severity());
    boolean graver = before != null && alert.severity().number() < before.number();
    if (before == null || graver) {
      undraw();
      terminal
          .out()
          .println(AlertLine.of(ShownAlert.of(alert), terminal.color()) + (graver ? " (now)" : ""));
      stopIfNobodyReads();
    }
  }

  @Override
  public synchronized void eve(byte[] bytes, int length, boolean isAlert) {
    if (json) {
      terminal.out().write(bytes, 0, length);
      terminal.out().write('\n');
      if (isAlert) {
        terminal.out().flush();
        stopIfNobodyReads();
      }
    }
  }

  @Override
  public synchronized void notice(String sentence) {
    if (!quiet) {
      undraw();
      terminal.err().println("note: " + Visible.text(sentence));
    }
  }

  /** Prints the last line: to standard output, or beside EVE lines to standard error. */
  synchronized void summary(Coverage coverage) {
    undraw();
    terminal.out().flush();
    if (!json) {
      terminal.out().println(Summary.of(coverage, terminal.color()));
    } else if (!quiet) {
      terminal.err().println(Summary.of(coverage, false));
    }
  }

  private synchronized void progress() {
    SessionView view = session;
    if (view == null) {
      return;
    }
    SessionView.Progress progress = view.progress();
    long elapsed = System.nanoTime() - startNanos;
    if (terminal.errIsTerminal()) {
      terminal.err().print("\r\u001b[K" + ProgressLine.bar(progress, elapsed, terminal.columns()));
      terminal.err().flush();
      drawn = true;
    } else {
      terminal.err().println(ProgressLine.words(progress, elapsed));
    }
  }

  private void undraw() {
    if (drawn) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
      drawn = false;
    }
  }

  /** As when the output goes to a pipe whose reader has gone. */
  private void stopIfNobodyReads() {
    SessionView view = session;
    if (view != null && terminal.out().checkError()) {
      view.stop();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      if (ticks != null) {
        ticks.cancel(false);
      }
      undraw();
      session = null;
    }
  }
}
