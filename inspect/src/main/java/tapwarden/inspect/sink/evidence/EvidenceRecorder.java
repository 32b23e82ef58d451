package tapwarden.inspect.sink.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.alert.AlertId;
import tapwarden.inspect.sink.LogDirectory;
import tapwarden.inspect.sink.Trouble;

/**
 * Writes {@code evidence/<alert id>.pcapng}: the frames before an alert, the alert's own, and what
 * followed. A file is written under a temporary name and gets its own when it is complete: after
 * {@link EvidenceOptions#after()} further frames, {@link #AFTER_NANOS} of packet time, or {@link
 * #finish}, whichever is first.
 *
 * <p>A disk that fails costs the evidence of the alerts it fails for, which is counted, and nothing
 * else; nothing is thrown. At most {@code maxOpen} files are open: one more completes the oldest
 * early. Used by one thread.
 */
public final class EvidenceRecorder implements AutoCloseable {
  /** Most files open at once by default. */
  public static final int DEFAULT_MAX_OPEN = 256;

  /** Packet time after an alert during which further frames are taken. */
  public static final long AFTER_NANOS = 60_000_000_000L;

  private final Path directory;
  private final EvidenceOptions options;
  private final int maxOpen;
  private final CounterBlock counters;
  private final Trouble trouble = new Trouble(EvidenceRecorder.class);
  private final LinkedHashMap<String, EvidenceFile> open = new LinkedHashMap<>();
  private long clockNanos;
  private boolean unflushed;

  /**
   * @param logDirectory the folder {@code evidence} is made in it with the first alert
   */
  public EvidenceRecorder(
      Path logDirectory, EvidenceOptions options, int maxOpen, CounterBlock counters) {
    if (maxOpen < 1) {
      throw new IllegalArgumentException(maxOpen + " evidence files");
    }
    directory = logDirectory.resolve("evidence");
    this.options = options;
    this.maxOpen = maxOpen;
    this.counters = counters;
  }

  /**
   * Begins the evidence of an alert, at the time of the last {@link #advance}. The newest of {@code
   * before} is the alert's own frame; it and the one that opened the contact are kept whatever
   * their size; of the others the newest that fit are.
   *
   * @param comment see {@link EvidenceComment}
   * @param before frames up to the one that raised the alert, oldest first
   * @param openedByNumber number of the frame that opened the contact
   */
  public void begin(
      String alertId, String comment, List<EvidenceFrame> before, long openedByNumber) {
    if (!AlertId.isValid(alertId)) {
      throw new IllegalArgumentException("not an alert's id: " + alertId);
    }
    if (open.containsKey(alertId)) {
      return;
    }
    if (open.size() == maxOpen) {
      counters.increment(Counter.EVIDENCE_ENDED_EARLY);
      trouble.say(
          "many", "more than " + maxOpen + " evidence files at once; the oldest ends early");
      finish(open.firstEntry().getKey());
    }
    try {
      LogDirectory.create(directory);
      EvidenceFile file = EvidenceFile.create(directory, alertId, comment, clockNanos);
      open.put(alertId, file);
      writeBefore(file, before, openedByNumber);
      // What proves the alert outlives a process that is killed while it waits for what follows.
      file.flush();
      trouble.over("disk", "evidence is written again");
      if (options.after() == 0) {
        finish(alertId);
      }
    } catch (IOException e) {
      fail(alertId, e);
    }
  }

  /**
   * Adds a frame that came after the alert.
   *
   * @return whether more are wanted
   */
  public boolean add(String alertId, EvidenceFrame frame) {
    EvidenceFile file = open.get(alertId);
    if (file == null) {
      return false;
    }
    try {
      write(file, frame);
    } catch (IOException e) {
      fail(alertId, e);
      return false;
    }
    if (file.countAfter() < options.after()) {
      unflushed = true;
      return true;
    }
    finish(alertId);
    return false;
  }

  /**
   * Hands frames that were added since the last time to the operating system, so that they outlive
   * a process that is killed; to be called about once a second.
   */
  public void flush() {
    if (!unflushed) {
      return;
    }
    unflushed = false;
    for (EvidenceFile file : List.copyOf(open.values())) {
      try {
        file.flush();
      } catch (IOException e) {
        fail(file.alertId(), e);
      }
    }
  }

  /** Whether the alert's evidence still wants frames. */
  public boolean isOpen(String alertId) {
    return open.containsKey(alertId);
  }

  /** Completes the evidence of an alert; nothing happens if it is complete or failed. */
  public void finish(String alertId) {
    EvidenceFile file = open.remove(alertId);
    if (file == null) {
      return;
    }
    try {
      file.complete();
      counters.increment(Counter.EVIDENCE_FILES);
    } catch (IOException e) {
      discard(file, e);
    }
  }

  /**
   * Completes what was begun more than {@link #AFTER_NANOS} before {@code tickNanos}, or after it:
   * the clock has stepped back.
   *
   * @param tickNanos packet time by the clock; stamps of packets may be wild
   */
  public void advance(long tickNanos) {
    clockNanos = tickNanos;
    List<String> due = new ArrayList<>();
    Iterator<EvidenceFile> files = open.values().iterator();
    while (files.hasNext()) {
      EvidenceFile file = files.next();
      if (isOver(file.begunNanos(), tickNanos)) {
        due.add(file.alertId());
      }
    }
    due.forEach(this::finish);
  }

  private static boolean isOver(long begunNanos, long tickNanos) {
    long passed = tickNanos - begunNanos;
    return passed > AFTER_NANOS || passed < -AFTER_NANOS;
  }

  /** Completes everything. */
  @Override
  public void close() {
    List.copyOf(open.keySet()).forEach(this::finish);
  }

  private void writeBefore(EvidenceFile file, List<EvidenceFrame> before, long openedByNumber)
      throws IOException {
    if (before.isEmpty()) {
      return;
    }
    int first = before.size() - 1;
    long bytes = file.bytes() + EvidenceFile.bytesOf(before.get(first));
    EvidenceFrame opening = null;
    for (EvidenceFrame frame : before.subList(0, first)) {
      if (frame.number() == openedByNumber) {
        opening = frame;
        bytes += EvidenceFile.bytesOf(frame);
      }
    }
    while (first > 0 && bytes + EvidenceFile.bytesOf(before.get(first - 1)) <= options.maxBytes()) {
      first--;
      bytes += EvidenceFile.bytesOf(before.get(first));
    }
    List<EvidenceFrame> written = new ArrayList<>(before.subList(first, before.size()));
    if (opening != null && !written.contains(opening)) {
      written.addFirst(opening);
    }
    counters.add(Counter.EVIDENCE_FRAMES_LEFT_OUT, before.size() - written.size());
    for (EvidenceFrame frame : written) {
      file.write(frame);
      counters.increment(Counter.EVIDENCE_FRAMES);
    }
    file.beforeIsWritten();
  }

  private void write(EvidenceFile file, EvidenceFrame frame) throws IOException {
    if (file.bytes() + EvidenceFile.bytesOf(frame) > options.maxBytes()) {
      counters.increment(Counter.EVIDENCE_FRAMES_LEFT_OUT);
      file.leaveOut();
      return;
    }
    file.write(frame);
    counters.increment(Counter.EVIDENCE_FRAMES);
  }

  private void fail(String alertId, IOException e) {
    EvidenceFile file = open.remove(alertId);
    if (file == null) {
      count(e);
    } else {
      discard(file, e);
    }
  }

  private void discard(EvidenceFile file, IOException e) {
    file.discard();
    count(e);
  }

  private void count(IOException e) {
    counters.increment(Counter.EVIDENCE_FAILED);
    trouble.say("disk", "evidence could not be written, alerts go on without it: " + e);
  }
}
