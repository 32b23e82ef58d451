package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an ambiguous direction, {@link #WINDOW_BYTES} at most, as different receivers
 * may read it: the main reading; one for each policy of overlaps that reads otherwise, of which
 * {@link #LATEST} also takes each retransmission for what counts; the first few retransmissions
 * each by itself, for a sender who sent the decoy sometimes before and sometimes behind; and with
 * urgent bytes in line or taken out. Memory comes from {@link StreamShares#takeReading}, and what
 * does not fit is left out.
 */
final class SecondReadings {
  /** How much of a direction's beginning is kept in more than one reading. */
  static final int WINDOW_BYTES = 16 << 10;

  /** Retransmissions that are also tried each by itself. */
  static final int MOST_PIECES = 4;

  /** Most bytes of one of them. */
  static final int PIECE_BYTES = 4 << 10;

  /** Number of the reading in {@link Held#READINGS} that takes what came last. */
  static final int LATEST = 1;

  /** So many bytes are told as soon as they have come; the rest waits for the usual times. */
  static final int EARLY_BYTES = 64 << 10;

  private static final int LEAST_BYTES = 1 << 10;
  private static final int MASK_BYTES = WINDOW_BYTES / Byte.SIZE;
  private static final byte[] NONE = {};

  private final StreamShares shares;
  private final long from;
  private byte[] main = NONE;
  private int length;
  private boolean ended;
  private final byte[] @Nullable [] readings = new byte[Held.READINGS.length][];
  private final byte[][] pieces = new byte[MOST_PIECES][];
  private final int[] pieceAt = new int[MOST_PIECES];
  private int pieceCount;

  /** Urgent bytes that the main reading leaves out, and all that some receiver may leave out. */
  private long @Nullable [] leftOut;

  private long @Nullable [] urgent;
  private int takenBytes;
  private boolean changed;
  private boolean answered;
  private boolean completed;
  private int toldBytes;
  private int earlyBytes;

  /**
   * @param from position of the first byte that is known
   */
  SecondReadings(StreamShares shares, long from) {
    this.shares = shares;
    this.from = from;
    ended = from >= WINDOW_BYTES;
  }

  private boolean take(int bytes) {
    if (!shares.takeReading(bytes)) {
      return false;
    }
    takenBytes += bytes;
    return true;
  }

  /** The main reading goes on. */
  void append(MemorySegment segment, long offset, int count) {
    int some = (int) Math.min(count, WINDOW_BYTES - from - length);
    if (ended || !grow(length + some)) {
      ended = true;
      return;
    }
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, main, length, some);
    for (byte[] reading : readings) {
      if (reading != null) {
        System.arraycopy(main, length, reading, length, some);
      }
    }
    length += some;
    ended = from + length >= WINDOW_BYTES;
  }

  private boolean grow(int wanted) {
    if (wanted <= main.length) {
      return true;
    }
    int bytes = Math.max(LEAST_BYTES, Integer.highestOneBit(wanted - 1) << 1);
    int copies = 1;
    for (byte[] reading : readings) {
      copies += reading == null ? 0 : 1;
    }
    if (!take(copies * (bytes - main.length))) {
      return false;
    }
    main = Arrays.copyOf(main, bytes);
    for (int i = 0; i < readings.length; i++) {
      byte[] reading = readings[i];
      readings[i] = reading == null ? null : Arrays.copyOf(reading, bytes);
    }
    return true;
  }

  /** The main reading has a hole here: what follows is not kept. */
  void end() {
    ended = true;
  }

  /**
   * One reading has other bytes at a place that the main one has come past.
   *
   * @return false if that is not kept
   */
  boolean replace(int number, long position, MemorySegment segment, long offset, int count) {
    long at = position - from;
    int skip = (int) Math.max(0, -at);
    int some = (int) Math.min(count, length - at);
    if (some <= skip) {
      return false;
    }
    byte[] reading = readings[number];
    if (reading == null) {
      if (!take(main.length)) {
        return false;
      }
      reading = main.clone();
      readings[number] = reading;
    }
    MemorySegment.copy(
        segment, ValueLayout.JAVA_BYTE, offset + skip, reading, (int) at + skip, some - skip);
    changed = true;
    return skip == 0 && some == count;
  }

  /** Tries a retransmission by itself, too. */
  void piece(long position, MemorySegment segment, long offset, int count) {
    int at = (int) (position - from);
    if (at < 0 || at + count > length || count > PIECE_BYTES) {
      return;
    }
    if (pieceCount < MOST_PIECES && take(count)) {
      pieceAt[pieceCount] = at;
      pieces[pieceCount++] = segment.asSlice(offset, count).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /**
   * A byte is urgent.
   *
   * @param left whether the main reading leaves it out
   * @return false if that is not kept
   */
  boolean urgent(long position, boolean left) {
    long at = position - from;
    if (at < 0 || at >= WINDOW_BYTES) {
      return false;
    }
    long[] all = urgent;
    long[] out = leftOut;
    if (all == null || out == null) {
      if (!take(2 * MASK_BYTES)) {
        return false;
      }
      all = new long[MASK_BYTES / Long.BYTES];
      out = new long[MASK_BYTES / Long.BYTES];
      urgent = all;
      leftOut = out;
    }
    all[(int) at >> 6] |= 1L << at;
    out[(int) at >> 6] |= left ? 1L << at : 0;
    changed = true;
    return true;
  }

  /** Whether there is something to tell now that the other side answers; once at most. */
  boolean isToTellAtAnswer() {
    boolean now = !answered && length > 0 && isToTell();
    answered |= now;
    return now;
  }

  /** Whether there is something to tell now that the beginning is complete; once at most. */
  boolean isToTellComplete() {
    boolean now = !completed && ended && isToTell();
    completed |= now;
    return now;
  }

  /** Whether there is something to tell although more may come. */
  boolean isToTellEarly() {
    boolean now = earlyBytes < EARLY_BYTES && length > 0 && isToTell();
    earlyBytes += now ? length : 0;
    return now;
  }

  /** Whether there is something to tell that was not told. */
  boolean isToTell() {
    return changed || (toldBytes > 0 && length > toldBytes);
  }

  /** Tells the readings that differ from the main one and from each other. */
  void tell(ReadingTeller teller, TcpStream stream, boolean toServer) {
    changed = false;
    toldBytes = length;
    for (int i = 0; i < readings.length; i++) {
      byte[] reading = readings[i];
      if (reading != null && isNew(i, reading)) {
        teller.tell(stream, toServer, from, reading, length, leftOut);
      }
    }
    for (int i = 0; pieceCount > 1 && i < pieceCount; i++) {
      byte[] reading = main.clone();
      System.arraycopy(pieces[i], 0, reading, pieceAt[i], pieces[i].length);
      teller.tell(stream, toServer, from, reading, length, leftOut);
    }
    if (leftOut != null) {
      teller.tell(stream, toServer, from, main, length, null);
      if (!Arrays.equals(leftOut, urgent)) {
        teller.tell(stream, toServer, from, main, length, urgent);
      }
      byte[] latest = readings[LATEST];
      if (latest != null) {
        teller.tell(stream, toServer, from, latest, length, null);
      }
    }
  }

  private boolean isNew(int number, byte[] reading) {
    if (Arrays.equals(reading, 0, length, main, 0, length)) {
      return false;
    }
    for (int i = 0; i < number; i++) {
      byte[] other = readings[i];
      if (other != null && Arrays.equals(reading, 0, length, other, 0, length)) {
        return false;
      }
    }
    return true;
  }

  void release() {
    shares.giveReading(takenBytes);
    takenBytes = 0;
  }
}
