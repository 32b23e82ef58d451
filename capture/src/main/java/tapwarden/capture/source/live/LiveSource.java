package tapwarden.capture.source.live;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapStat;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.SourceStatistics;

/**
 * The frames of a live interface. pcap4j opens and configures it; the frames are read from
 * libpcap's handle directly, or through pcap4j where the handle is out of reach ({@link #mode()}).
 *
 * <p>A link that is down ends nothing: it is read again as soon as it is up, and a {@link
 * LinkListener} hears of both. An interface that is removed ends in an {@link IOException}. Frames
 * that the filter rejects are rejected by the kernel, which does not count them.
 */
public final class LiveSource implements PacketSource {
  private static final long CLOSE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How often an interface without frames is asked whether it is up. */
  private static final long LINK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long NOT_YET = -1;

  /** How the frames are read. */
  public enum Mode {
    /** {@code pcap_next_ex} on the native handle. */
    NATIVE("libpcap's handle is read directly"),
    /** pcap4j's own loop, ten times as expensive. */
    PCAP4J("pcap4j's handle is out of reach: frames are read by its own, slower loop");

    private final String sentence;

    Mode(String sentence) {
      this.sentence = sentence;
    }

    /** For the line that says at start-up how the interface is read. */
    public String sentence() {
      return sentence;
    }
  }

  /** Who has the handle: it must not be closed under a reader. */
  private enum State {
    IDLE,
    IN_USE,
    CLOSED
  }

  private final String name;
  private final PcapHandle handle;
  private final CaptureInterface captureInterface;
  private final Mode mode;
  private final FrameReader reader;
  private final boolean nanoseconds;

  /** How long no frame may come until no more is expected: longer than the kernel keeps a block. */
  private final int drainSilentMillis;

  private final LiveStatistics statistics = new LiveStatistics();
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private final LinkWatch link;
  private LinkListener linkListener = (name, state) -> {};
  private LinkState linkState = LinkState.UP;
  private long linkDueNanos = System.nanoTime();
  private volatile boolean interrupted;

  /** Frames read, and of those that the kernel held at the interruption how many are to come. */
  private long framesRead;

  private long framesToDrain = NOT_YET;
  private int silentReads;

  private LiveSource(LiveOptions options, PcapHandle handle, long nativeHandle) {
    this.handle = handle;
    name = options.interfaceName();
    link = new LinkWatch(name);
    int linkType = LinkType.normalise(handle.getDlt().value());
    drainSilentMillis = 2 * options.blockMillis() + 4 * FrameReader.WAIT_MILLIS;
    captureInterface = new CaptureInterface(name, linkType, options.snapLengthBytes(), "");
    nanoseconds = handle.getTimestampPrecision() == PcapHandle.TimestampPrecision.NANO;
    if (nativeHandle == Pcap4j.UNREACHABLE) {
      mode = Mode.PCAP4J;
      reader = new Pcap4jFrameReader(name, handle, linkType);
    } else {
      mode = Mode.NATIVE;
      reader = new NativeFrameReader(name, nativeHandle, linkType);
    }
  }

  /**
   * Opens the interface; frames are collected from now on.
   *
   * @throws BpfSyntaxException if the filter is wrong
   * @throws CaptureException with the reason and, in words, the remedy
   */
  public static LiveSource open(LiveOptions options) throws CaptureException {
    return open(options, true);
  }

  static LiveSource open(LiveOptions options, boolean direct) throws CaptureException {
    PcapHandle handle = Pcap4j.open(options);
    try {
      if (!options.filter().isBlank()) {
        // Compiled here first for the sake of the error's position.
        int linkType = LinkType.normalise(handle.getDlt().value());
        BpfFilter.compile(options.filter(), linkType, options.snapLengthBytes());
        Pcap4j.setFilter(handle, options.filter());
      }
      Pcap4j.setNonBlocking(handle);
      return new LiveSource(
          options, handle, direct ? Pcap4j.nativeHandle(handle) : Pcap4j.UNREACHABLE);
    } catch (CaptureException | RuntimeException failed) {
      handle.close();
      throw failed;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isLive() {
    return true;
  }

  /** Who hears from now on when the link goes down or up; called before the first read. */
  public void onLinkChange(LinkListener listener) {
    linkListener = listener;
  }

  /** Frames read so far; to be asked by the thread that reads. */
  public long framesRead() {
    return framesRead;
  }

  /** How the frames are read; worth a line at start-up. */
  public Mode mode() {
    return mode;
  }

  /** Whether the stamps are in nanoseconds; otherwise they end in three zeros. */
  public boolean hasNanoseconds() {
    return nanoseconds;
  }

  @Override
  public List<CaptureInterface> interfaces() {
    return List.of(captureInterface);
  }

  @Override
  public int read(FrameBatch batch) throws IOException {
    if (interrupted && isDrained()) {
      return END;
    }
    if (!state.compareAndSet(State.IDLE, State.IN_USE)) {
      return state.get() == State.CLOSED ? END : 0;
    }
    try {
      int added = readOrSayThatItIsGone(batch);
      framesRead += added;
      if (framesToDrain != NOT_YET) {
        framesToDrain = Math.max(0, framesToDrain - added);
        silentReads = added == 0 ? silentReads + 1 : 0;
      }
      return added;
    } finally {
      state.set(State.IDLE);
    }
  }

  private int readOrSayThatItIsGone(FrameBatch batch) throws IOException {
    int added;
    try {
      added = reader.read(batch);
    } catch (CaptureException lost) {
      linkIs(LinkState.GONE);
      throw lost;
    }
    if (added == 0 || linkState != LinkState.UP) {
      long now = System.nanoTime();
      if (now - linkDueNanos >= 0) {
        linkDueNanos = now + LINK_EVERY_NANOS;
        linkIs(link.state());
      }
    }
    if (added == 0 && linkState == LinkState.GONE) {
      throw new CaptureException(
          CaptureException.Reason.INTERFACE_LOST,
          name + " can no longer be read: the interface disappeared");
    }
    return added;
  }

  private void linkIs(LinkState now) {
    if (now != linkState) {
      linkState = now;
      linkListener.linkChanged(name, now);
    }
  }

  /** Whether all has been read that the kernel had received when this was first asked. */
  private boolean isDrained() {
    if (framesToDrain == NOT_YET) {
      SourceStatistics now = statistics();
      framesToDrain = Math.max(0, now.received() - now.kernelDropped() - framesRead);
    }
    return framesToDrain == 0 || silentReads * FrameReader.WAIT_MILLIS > drainSilentMillis;
  }

  /**
   * {@inheritDoc} Must be asked at least once every 2^31 frames, because libpcap counts in 32 bits.
   * After {@link #close} the last numbers stay.
   */
  @Override
  public SourceStatistics statistics() {
    if (!state.compareAndSet(State.IDLE, State.IN_USE)) {
      return statistics.latest();
    }
    try {
      PcapStat stat = handle.getStats();
      return statistics.update(
          stat.getNumPacketsReceived(),
          stat.getNumPacketsDropped(),
          stat.getNumPacketsDroppedByIf());
    } catch (PcapNativeException | NotOpenException noLongerThere) {
      return statistics.latest();
    } finally {
      state.set(State.IDLE);
    }
  }

  @Override
  public void interrupt() {
    // No pcap_breakloop: a read waits a few milliseconds at most and then sees this. What the
    // kernel holds is still read: it is in no other counter.
    interrupted = true;
  }

  /** Waits until a read that is under way has returned, then gives the interface back. */
  @Override
  public void close() {
    interrupt();
    while (state.get() != State.CLOSED) {
      if (state.compareAndSet(State.IDLE, State.CLOSED)) {
        handle.close();
        link.close();
      } else {
        LockSupport.parkNanos(CLOSE_POLL_NANOS);
      }
    }
  }
}
