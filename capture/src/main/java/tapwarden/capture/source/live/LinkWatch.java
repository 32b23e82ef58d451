package tapwarden.capture.source.live;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Asks the kernel how an interface is (netdevice(7)): libpcap keeps quiet about a link that is
 * down. The interface is known by its index, so that one which is renamed is still the same, and
 * one which is made anew under the old name is not. What has no index (such as {@code any}) is
 * always {@link LinkState#UP}.
 */
final class LinkWatch implements AutoCloseable {
  // <linux/sockios.h>, <linux/if.h>
  private static final int SIOCGIFNAME = 0x8910;
  private static final int SIOCGIFFLAGS = 0x8913;
  private static final int SIOCGIFINDEX = 0x8933;
  private static final int IFF_UP = 0x1;
  private static final int IFF_RUNNING = 0x40;

  // struct ifreq: the name, ended by a zero, then a union
  private static final int NAME_BYTES = 16;
  private static final int IFREQ_BYTES = 40;

  private static final int UNKNOWN = -1;

  private final MemorySegment request = Arena.ofAuto().allocate(IFREQ_BYTES, 8);
  private final int index;
  private int socket;

  LinkWatch(String name) {
    socket = LibPcap.datagramSocket();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (socket < 0 || bytes.length >= NAME_BYTES) {
      index = UNKNOWN;
      return;
    }
    MemorySegment.copy(bytes, 0, request, JAVA_BYTE, 0, bytes.length);
    index = asks(SIOCGIFINDEX) ? request.get(JAVA_INT, NAME_BYTES) : UNKNOWN;
  }

  /** The state now; allocates nothing. */
  LinkState state() {
    if (index == UNKNOWN || socket < 0) {
      return LinkState.UP;
    }
    request.set(JAVA_INT, NAME_BYTES, index);
    // The answer to the first question is the name that the second one needs.
    if (!asks(SIOCGIFNAME) || !asks(SIOCGIFFLAGS)) {
      return LinkState.GONE;
    }
    int flags = request.get(JAVA_SHORT, NAME_BYTES);
    if ((flags & IFF_UP) == 0) {
      return LinkState.SWITCHED_OFF;
    }
    return (flags & IFF_RUNNING) == 0 ? LinkState.NO_CARRIER : LinkState.UP;
  }

  private boolean asks(int what) {
    return LibPcap.ioctl(socket, what, request.address()) == 0;
  }

  @Override
  public void close() {
    if (socket >= 0) {
      LibPcap.closeDescriptor(socket);
      socket = UNKNOWN;
    }
  }
}
