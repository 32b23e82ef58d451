package tapwarden.inspect.sink.eve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.sink.EventSink;
import tapwarden.inspect.sink.LogDirectory;
import tapwarden.inspect.sink.Trouble;

/**
 * {@code eve.json} in the log directory: one JSON object a line, appended, put aside as {@code
 * eve-<UTC time of its last event>-<number>.json} by size and by packet time.
 *
 * <p>A disk that is full or fails stops nobody: events wait in a buffer of {@link #BUFFER_BYTES},
 * of which the second half is kept for alerts; what does not fit is dropped and counted, the state
 * says so, and writing is tried again every second until it works. Every line in the file is whole
 * at all times that the disk lets it be. Used by one thread; {@link #state()} by any.
 */
public final class EveFile implements EventSink {
  /** Most bytes that wait in memory, except for a single longer line. */
  static final int BUFFER_BYTES = 256 << 10;

  private static final String FILE_NAME = "eve.json";
  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final long CHECK_NANOS = 5_000_000_000L;
  private static final long ROTATION_RETRY_NANOS = 60_000_000_000L;

  private final EveFileOptions options;
  private final EveLogFile.Opener opener;
  private final CounterBlock counters;
  private final Trouble trouble = new Trouble(EveFile.class);
  private final Path path;
  private final RotatedNames names;
  private final long flushNanos;
  private final long syncNanos;
  private final long maxAgeNanos;

  private @Nullable EveLogFile file;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int used;
  private long linesHeld;
  private long linesWritten;
  private long linesDropped;
  private boolean unsynced;
  private @Nullable String problem;
  private volatile EveFileState state = new EveFileState(null, 0, 0, 0);

  private long firstEventNanos = Long.MAX_VALUE;
  private long lastEventNanos = Long.MIN_VALUE;
  private long nowNanos;
  private long heldSinceNanos;
  private boolean heldAtLastTick;
  private long attemptedNanos;
  private long syncedNanos;
  private long checkedNanos;
  private long rotationAllowedNanos;
  private boolean rotationFailed;
  private boolean closed;

  private EveFile(EveFileOptions options, CounterBlock counters, EveLogFile.Opener opener)
      throws IOException {
    this.options = options;
    this.opener = opener;
    this.counters = counters;
    path = options.directory().resolve(FILE_NAME);
    names = new RotatedNames(options.directory());
    flushNanos = options.flushInterval().toNanos();
    syncNanos = options.syncInterval().toNanos();
    maxAgeNanos = options.maxAge().toNanos();
    file = openLog();
  }

  /**
   * Opens the log, making the directory if need be.
   *
   * @throws IOException if it cannot be written to at all; later failures are not thrown
   */
  public static EveFile open(EveFileOptions options, CounterBlock counters) throws IOException {
    return open(options, counters, LogDirectory::openOrCreate);
  }

  static EveFile open(EveFileOptions options, CounterBlock counters, EveLogFile.Opener opener)
      throws IOException {
    LogDirectory.create(options.directory());
    return new EveFile(options, counters, opener);
  }

  @Override
  public void event(JsonWriter line, long tickNanos) {
    take(line, tickNanos, false);
  }

  @Override
  public void alert(Alert alert, JsonWriter line, long tickNanos) {
    take(line, tickNanos, true);
  }

  @Override
  public void tick(long monotonicNanos) {
    nowNanos = monotonicNanos;
    if (problem != null) {
      if (nowNanos - attemptedNanos >= RETRY_NANOS) {
        writeOut();
      }
    } else if (used > 0) {
      heldSinceNanos = heldAtLastTick ? heldSinceNanos : nowNanos;
      heldAtLastTick = true;
      if (nowNanos - heldSinceNanos >= flushNanos) {
        writeOut();
      }
    }
    if (syncNanos > 0 && unsynced && nowNanos - syncedNanos >= syncNanos) {
      sync();
    }
    if (nowNanos - checkedNanos >= CHECK_NANOS) {
      checkedNanos = nowNanos;
      reopenIfMoved();
    }
    publish();
  }

  @Override
  public void flush() {
    writeOut();
    publish();
  }

  /** {@inheritDoc} What cannot be written now is lost and counted. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    writeOut();
    if (syncNanos > 0 && unsynced) {
      sync();
    }
    drop(linesHeld);
    used = 0;
    linesHeld = 0;
    closeFile();
    publish();
  }

  /** How the log is doing as of the last tick or flush. */
  public EveFileState state() {
    return state;
  }

  private void take(JsonWriter line, long tickNanos, boolean alert) {
    if (line.overflowed()) {
      counters.increment(Counter.EVENTS_OVERSIZED);
      trouble.say("oversized", "an event was longer than the line limit and was left out");
      return;
    }
    int bytes = line.length() + 1;
    rotateIfDue(bytes, tickNanos);
    if (used + bytes > room(alert) && problem == null) {
      writeOut();
      if (used == 0 && bytes > buffer.length) {
        buffer = new byte[bytes];
      }
    }
    if (used + bytes > room(alert)) {
      drop(1);
      return;
    }
    System.arraycopy(line.array(), 0, buffer, used, bytes - 1);
    buffer[used + bytes - 1] = '\n';
    used += bytes;
    linesHeld++;
    firstEventNanos = Math.min(firstEventNanos, tickNanos);
    lastEventNanos = tickNanos;
  }

  /** While the disk fails, half of the buffer is for alerts only. */
  private int room(boolean alert) {
    return problem == null || alert ? buffer.length : buffer.length / 2;
  }

  private void drop(long lines) {
    linesDropped += lines;
    counters.add(Counter.EVENTS_DROPPED, lines);
  }

  /** Writes what is held, as far as the disk takes it; sets or clears {@link #problem}. */
  private void writeOut() {
    attemptedNanos = nowNanos;
    heldAtLastTick = false;
    if (file == null && !reopen()) {
      return;
    }
    EveLogFile log = file;
    if (log == null || (used == 0 && problem == null)) {
      return;
    }
    int whole = log.append(buffer, used);
    IOException failure = log.failure();
    if (whole > 0) {
      unsynced = true;
      countWritten(whole);
      System.arraycopy(buffer, whole, buffer, 0, used - whole);
      used -= whole;
    }
    if (failure == null) {
      healthy();
    } else {
      failed("write", failure);
      closeFile();
    }
  }

  private void countWritten(int bytes) {
    // Mostly everything goes out, and need not be looked at again.
    long lines = bytes == used ? linesHeld : linesIn(bytes);
    linesHeld -= lines;
    linesWritten += lines;
    counters.add(Counter.EVENTS_WRITTEN, lines);
  }

  private long linesIn(int bytes) {
    long lines = 0;
    for (int i = 0; i < bytes; i++) {
      lines += buffer[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  private void rotateIfDue(int bytes, long tickNanos) {
    EveLogFile log = file;
    if (log == null || problem != null || lastEventNanos == Long.MIN_VALUE) {
      return;
    }
    long held = log.size() + used;
    boolean full = held > 0 && held > options.maxBytes() - bytes;
    boolean old = maxAgeNanos > 0 && tickNanos - firstEventNanos >= maxAgeNanos;
    if ((full || old) && !(rotationFailed && nowNanos - rotationAllowedNanos < 0)) {
      rotate();
    }
  }

  private void rotate() {
    writeOut();
    if (problem != null) {
      return;
    }
    if (syncNanos > 0 && !sync()) {
      return;
    }
    if (putAside()) {
      counters.increment(Counter.LOG_ROTATIONS);
      firstEventNanos = Long.MAX_VALUE;
    }
    reopen();
  }

  /** Closes the file and gives it its final name; on failure it keeps its name and grows on. */
  private boolean putAside() {
    closeFile();
    try {
      Files.move(path, names.next(lastEventNanos));
      rotationFailed = false;
      trouble.over("rotate", "event log is put aside again");
      return true;
    } catch (IOException e) {
      rotationFailed = true;
      rotationAllowedNanos = nowNanos + ROTATION_RETRY_NANOS;
      counters.increment(Counter.LOG_ERRORS);
      trouble.say("rotate", "event log cannot be put aside and grows on: " + e);
      return false;
    }
  }

  /** Forces the file to the disk; returns false if that failed and a new file was begun. */
  private boolean sync() {
    syncedNanos = nowNanos;
    unsynced = false;
    EveLogFile log = file;
    if (log == null) {
      return true;
    }
    try {
      log.sync();
      trouble.over("sync", "event log reaches the disk again");
      return true;
    } catch (IOException e) {
      // The system may have thrown the pages away and call them clean: a second sync of this file
      // would succeed and mean nothing, so the file is put aside and a new one begun.
      counters.increment(Counter.LOG_ERRORS);
      trouble.say(
          "sync",
          "event log could not be forced to the disk, its last lines are written again: " + e);
      replace(log);
      return false;
    }
  }

  /** Puts a file aside that cannot be trusted; a new one begins with its unconfirmed lines. */
  private void replace(EveLogFile failed) {
    file = null;
    try {
      if (putAside() && reopen() && file != null) {
        failed.copyUnconfirmed(file);
        unsynced = true;
      } else {
        reopen();
      }
    } catch (IOException e) {
      counters.increment(Counter.LOG_ERRORS);
      trouble.say("unconfirmed", "the last lines could not be written again: " + e);
    } finally {
      close(failed);
    }
  }

  private void reopenIfMoved() {
    EveLogFile log = file;
    try {
      if (log != null && !log.isInPlace()) {
        counters.increment(Counter.LOG_ERRORS);
        trouble.say("moved", "event log was moved, replaced or removed; a new one is begun");
        writeOut();
        closeFile();
        reopen();
      }
    } catch (IOException e) {
      failed("check", e);
    }
  }

  private boolean reopen() {
    try {
      file = openLog();
      return true;
    } catch (IOException e) {
      failed("open", e);
      return false;
    }
  }

  private EveLogFile openLog() throws IOException {
    LogDirectory.create(options.directory());
    EveLogFile log = EveLogFile.open(path, opener);
    if (log.cutBytes() > 0) {
      trouble.say("torn", log.cutBytes() + " bytes of an unfinished line were cut off " + path);
    }
    return log;
  }

  private void closeFile() {
    EveLogFile log = file;
    file = null;
    if (log != null) {
      close(log);
    }
  }

  private void close(EveLogFile log) {
    try {
      log.close();
    } catch (IOException e) {
      counters.increment(Counter.LOG_ERRORS);
      trouble.say("close", "event log could not be closed: " + e);
    }
  }

  private void failed(String operation, IOException e) {
    counters.increment(Counter.LOG_ERRORS);
    problem = operation + " of " + FILE_NAME + " failed: " + e.getMessage();
    trouble.say(
        "write", problem + "; events are dropped and counted, and it is tried again every second");
  }

  private void healthy() {
    if (problem != null) {
      problem = null;
      trouble.over("write", FILE_NAME + " is written again; " + linesDropped + " lines were lost");
    }
  }

  private void publish() {
    state = new EveFileState(problem, linesWritten, linesDropped, linesHeld);
  }
}
