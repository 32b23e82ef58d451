package tapwarden.capture.source.file;

import java.util.ArrayList;
import java.util.List;
import tapwarden.capture.source.CaptureInterface;

/**
 * The interfaces of one input after the other under one running index. The reading thread adds; any
 * thread may ask.
 */
final class InterfaceList {
  /** Most interfaces over all inputs; a pcapng file can declare one in 20 bytes. */
  static final int MAX_INTERFACES = 65_536;

  private final List<CaptureInterface> interfaces = new ArrayList<>();
  private List<CaptureInterface> snapshot = List.of();

  /**
   * @return the index of the new interface, or -1 when there is no room for another
   */
  synchronized int add(CaptureInterface added) {
    if (interfaces.size() == MAX_INTERFACES) {
      return -1;
    }
    interfaces.add(added);
    return interfaces.size() - 1;
  }

  synchronized int size() {
    return interfaces.size();
  }

  /** All so far; an immutable copy that is made only when there are new ones. */
  synchronized List<CaptureInterface> list() {
    if (snapshot.size() != interfaces.size()) {
      snapshot = List.copyOf(interfaces);
    }
    return snapshot;
  }
}
