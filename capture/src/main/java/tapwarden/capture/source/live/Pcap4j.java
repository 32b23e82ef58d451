package tapwarden.capture.source.live;

import com.sun.jna.Pointer;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** Opens interfaces by pcap4j and puts its errors into words that help. */
final class Pcap4j {
  // Return codes of pcap_activate (pcap.h)
  private static final int NO_SUCH_DEVICE = -5;
  private static final int PERMISSION_DENIED = -8;
  private static final int PROMISCUOUS_PERMISSION_DENIED = -11;

  /** {@link #nativeHandle} when the handle cannot be reached. */
  static final long UNREACHABLE = 0;

  /** Kept, because java.util.logging forgets a logger and its level when nobody does. */
  private static final Logger LOGGER = Logger.getLogger("org.pcap4j");

  private Pcap4j() {}

  /** Keeps pcap4j's notes about what it does out of the log; its errors arrive as exceptions. */
  static void quieten() {
    LOGGER.setLevel(Level.OFF);
  }

  static PcapHandle open(LiveOptions options) throws CaptureException {
    LibPcap.require();
    quieten();
    PcapHandle.Builder builder =
        new PcapHandle.Builder(options.interfaceName())
            .snaplen(options.snapLengthBytes())
            .promiscuousMode(
                options.promiscuous()
                    ? PromiscuousMode.PROMISCUOUS
                    : PromiscuousMode.NONPROMISCUOUS)
            .bufferSize(options.bufferBytes())
            .timeoutMillis(options.blockMillis());
    if (options.nanoseconds()) {
      // Falls back to microseconds by itself where the interface has nothing better.
      builder.timestampPrecision(TimestampPrecision.NANO);
    }
    try {
      return builder.build();
    } catch (PcapNativeException failed) {
      throw explain(options.interfaceName(), failed);
    }
  }

  private static CaptureException explain(String name, PcapNativeException failed)
      throws CaptureException {
    String said = Objects.requireNonNullElse(failed.getMessage(), "").strip();
    int code = Objects.requireNonNullElse(failed.getReturnCode(), 0);
    if (code == PERMISSION_DENIED || code == PROMISCUOUS_PERMISSION_DENIED) {
      return new CaptureException(
          CaptureException.Reason.NO_PERMISSION,
          ("%s cannot be opened without the capability CAP_NET_RAW: run as root, or give the"
                  + " service AmbientCapabilities=CAP_NET_RAW (systemd) or the command"
                  + " setpriv --inh-caps +net_raw --ambient-caps +net_raw (libpcap: %s)")
              .formatted(name, said),
          failed);
    }
    List<String> names = LiveInterfaces.list().stream().map(LiveInterface::name).toList();
    if (code == NO_SUCH_DEVICE || !names.contains(name)) {
      return new CaptureException(
          CaptureException.Reason.NO_SUCH_INTERFACE,
          "there is no interface %s; there are: %s".formatted(name, String.join(", ", names)),
          failed);
    }
    return new CaptureException(
        CaptureException.Reason.OTHER, "%s cannot be opened: %s".formatted(name, said), failed);
  }

  /** Sets a filter that was compiled before without error. */
  static void setFilter(PcapHandle handle, String expression) throws CaptureException {
    try {
      handle.setFilter(expression, BpfCompileMode.OPTIMIZE);
    } catch (PcapNativeException | NotOpenException failed) {
      throw new CaptureException(
          CaptureException.Reason.BAD_FILTER,
          "the filter cannot be set: " + failed.getMessage(),
          failed);
    }
  }

  static void setNonBlocking(PcapHandle handle) throws CaptureException {
    try {
      handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
    } catch (PcapNativeException | NotOpenException failed) {
      throw new CaptureException(
          CaptureException.Reason.OTHER,
          "the interface cannot be read without blocking: " + failed.getMessage(),
          failed);
    }
  }

  /**
   * The {@code pcap_t *} inside pcap4j's handle, which has no accessor, or {@link #UNREACHABLE}.
   */
  static long nativeHandle(PcapHandle handle) {
    try {
      Field field = PcapHandle.class.getDeclaredField("handle");
      field.setAccessible(true);
      return field.get(handle) instanceof Pointer pointer
          ? Pointer.nativeValue(pointer)
          : UNREACHABLE;
    } catch (ReflectiveOperationException | RuntimeException notReachable) {
      return UNREACHABLE;
    }
  }
}
