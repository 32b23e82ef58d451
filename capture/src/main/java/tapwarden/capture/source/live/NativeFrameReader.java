package tapwarden.capture.source.live;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.packet.FrameBatch;

/**
 * Reads by calling {@code pcap_next_ex} on the native handle: nothing is allocated, each frame is
 * copied once, from the kernel's ring into the batch. The handle is non-blocking; when it has no
 * frame, {@code poll} waits for a moment, because a blocking read on a silent link would not return
 * before the next frame came.
 */
final class NativeFrameReader implements FrameReader {
  // struct pcap_pkthdr on 64-bit systems: struct timeval of two longs, then caplen and len
  private static final long SECONDS = 0;
  private static final long FRACTION = 8;
  private static final long CAPTURED = 16;
  private static final long WIRE = 20;

  private static final short POLLIN = 1;
  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final int READ = 1;
  private static final int NONE_NOW = 0;

  private final String name;
  private final long handle;
  private final int linkType;
  private final int fractionNanos;
  // struct pollfd (8 bytes), then the two pointers that pcap_next_ex fills
  private final MemorySegment scratch = Arena.ofAuto().allocate(24, 8);
  private final long descriptors = scratch.address();
  private final long headerOut = scratch.address() + 8;
  private final long dataOut = scratch.address() + 16;
  private final int descriptorCount;
  private boolean pending;
  private @Nullable CaptureException failure;

  NativeFrameReader(String name, long handle, int linkType) {
    this.name = name;
    this.handle = handle;
    this.linkType = linkType;
    fractionNanos = LibPcap.isNanosecond(handle) ? 1 : 1_000;
    int descriptor = LibPcap.selectableDescriptor(handle);
    if (descriptor >= 0) {
      LibPcap.stampOnArrival(descriptor);
    }
    scratch.set(JAVA_INT, 0, descriptor);
    scratch.set(JAVA_SHORT, 4, POLLIN);
    // Where nothing can be polled, polling nothing is a sleep.
    descriptorCount = descriptor < 0 ? 0 : 1;
  }

  @Override
  public int read(FrameBatch batch) throws IOException {
    if (failure != null) {
      throw failure;
    }
    int added = drain(batch);
    if (added == 0 && failure == null) {
      LibPcap.poll(descriptors, descriptorCount, WAIT_MILLIS);
      added = drain(batch);
    }
    if (added == 0 && failure != null) {
      throw failure;
    }
    return added;
  }

  /** Takes what is there; an error waits in {@link #failure} until the frames are delivered. */
  private int drain(FrameBatch batch) {
    int added = 0;
    while (!batch.isFull() && (pending || next())) {
      // A frame that finds no room stays with libpcap until the next call.
      pending = !append(batch);
      if (pending) {
        break;
      }
      added++;
    }
    return added;
  }

  private boolean next() {
    int result = LibPcap.nextEx(handle, headerOut, dataOut);
    if (result != READ && result != NONE_NOW) {
      fail();
    }
    return result == READ;
  }

  private void fail() {
    String error = LibPcap.error(handle);
    if (!FrameReader.isPassing(error)) {
      failure =
          new CaptureException(
              CaptureException.Reason.INTERFACE_LOST,
              "%s can no longer be read: %s".formatted(name, error));
    }
  }

  private boolean append(FrameBatch batch) {
    MemorySegment memory = LibPcap.MEMORY;
    long header = scratch.get(JAVA_LONG, 8);
    long nanos =
        memory.get(JAVA_LONG, header + SECONDS) * NANOS_A_SECOND
            + memory.get(JAVA_LONG, header + FRACTION) * fractionNanos;
    int captured =
        Math.clamp(memory.get(JAVA_INT, header + CAPTURED), 0, FrameBatch.MAX_FRAME_BYTES);
    int wire = memory.get(JAVA_INT, header + WIRE);
    return batch.append(memory, scratch.get(JAVA_LONG, 16), captured, wire, nanos, linkType, 0);
  }
}
