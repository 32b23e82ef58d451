package tapwarden.capture.source.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libpcap (and a few of the C library) that are called directly. Pointers travel
 * as {@code long} on the paths that must not allocate. Layouts are those of 64-bit Linux.
 *
 * <p>Call {@link #require()} before anything else: it says in words when libpcap is missing.
 */
final class LibPcap {
  // <asm-generic/socket.h>, the same on x86-64 and AArch64
  private static final int SOL_SOCKET = 1;
  private static final int SO_TIMESTAMPNS = 35;

  // <sys/socket.h>
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x8_0000;

  /** The system property by which pcap4j is told the library's name; honoured here as well. */
  private static final String NAME_PROPERTY = "org.pcap4j.core.pcapLibName";

  private static final List<String> USUAL_NAMES =
      List.of("libpcap.so.0.8", "libpcap.so.1", "libpcap.so", "libpcap.A.dylib");

  private static final @Nullable SymbolLookup LIBRARY = find();

  /** All memory, for reading where libpcap's pointers point; lengths are checked by the reader. */
  static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** Most bytes of an error text (PCAP_ERRBUF_SIZE). */
  private static final int ERROR_BYTES = 256;

  private LibPcap() {}

  /** Throws unless libpcap is there. */
  static void require() throws CaptureException {
    if (LIBRARY == null) {
      throw new CaptureException(
          CaptureException.Reason.NO_LIBRARY,
          "libpcap was not found: live capture and filter expressions need it"
              + " (Debian and Ubuntu: apt-get install libpcap0.8); capture files are read without");
    }
  }

  static boolean isPresent() {
    return LIBRARY != null;
  }

  private static @Nullable SymbolLookup find() {
    String given = System.getProperty(NAME_PROPERTY);
    for (String name : given == null ? USUAL_NAMES : List.of(given)) {
      SymbolLookup found = open(name);
      if (found != null) {
        // pcap4j must use the same library, or its handles would be foreign to these functions.
        System.setProperty(NAME_PROPERTY, name);
        return found;
      }
    }
    return null;
  }

  private static @Nullable SymbolLookup open(String name) {
    try {
      return SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException absent) {
      return null;
    }
  }

  /** The function handles; initialised at first use, which is after {@link #require()}. */
  private static final class Calls {
    static final MethodHandle NEXT_EX =
        pcap("pcap_next_ex", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle SELECTABLE_FD =
        pcap("pcap_get_selectable_fd", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    static final MethodHandle PRECISION =
        pcap("pcap_get_tstamp_precision", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    static final MethodHandle GET_ERROR =
        pcap("pcap_geterr", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    static final MethodHandle OPEN_DEAD =
        pcap("pcap_open_dead", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT));
    static final MethodHandle CLOSE = pcap("pcap_close", FunctionDescriptor.ofVoid(JAVA_LONG));
    static final MethodHandle COMPILE =
        pcap(
            "pcap_compile",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    static final MethodHandle FREE_CODE = pcap("pcap_freecode", FunctionDescriptor.ofVoid(ADDRESS));
    // Critical: a filter only jumps forward and runs for nanoseconds, so it may hold the collector.
    static final MethodHandle FILTER =
        pcap(
            "bpf_filter",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT),
            Linker.Option.critical(false));
    static final MethodHandle POLL =
        system("poll", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    static final MethodHandle SET_SOCKET_OPTION =
        system(
            "setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle SOCKET =
        system("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle CLOSE_DESCRIPTOR =
        system("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    static final MethodHandle IOCTL =
        system(
            "ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(2));

    private Calls() {}

    private static MethodHandle pcap(
        String name, FunctionDescriptor descriptor, Linker.Option... options) {
      SymbolLookup library = LIBRARY;
      if (library == null) {
        throw new IllegalStateException("libpcap was used without LibPcap.require()");
      }
      return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor, options);
    }

    private static MethodHandle system(
        String name, FunctionDescriptor descriptor, Linker.Option... options) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }
  }

  /** 1 when a frame was read, 0 when there is none now, negative on errors and break. */
  static int nextEx(long handle, long headerOut, long dataOut) {
    try {
      return (int) Calls.NEXT_EX.invokeExact(handle, headerOut, dataOut);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static int poll(long descriptors, long count, int millis) {
    try {
      return (int) Calls.POLL.invokeExact(descriptors, count, millis);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /**
   * Asks the kernel to stamp frames when they arrive, once for all who listen. Without it each
   * listener's copy may be stamped by itself, a little later, and two recordings of one frame
   * differ. Linux only, and no loss where it is refused: then the stamps are those of libpcap.
   */
  static void stampOnArrival(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocateFrom(JAVA_INT, 1);
      int refused =
          (int)
              Calls.SET_SOCKET_OPTION.invokeExact(
                  descriptor, SOL_SOCKET, SO_TIMESTAMPNS, on, Integer.BYTES);
      if (refused != 0) {
        System.getLogger(LibPcap.class.getName())
            .log(System.Logger.Level.DEBUG, "frames are stamped by libpcap's socket");
      }
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** A socket to ask the kernel about interfaces with, or -1. */
  static int datagramSocket() {
    try {
      return (int) Calls.SOCKET.invokeExact(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static void closeDescriptor(int descriptor) {
    try {
      int ignored = (int) Calls.CLOSE_DESCRIPTOR.invokeExact(descriptor);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** 0 when the request at this address was answered, -1 otherwise. */
  static int ioctl(int descriptor, long what, long request) {
    try {
      return (int) Calls.IOCTL.invokeExact(descriptor, what, request);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** A descriptor that can be polled, or -1. */
  static int selectableDescriptor(long handle) {
    try {
      return (int) Calls.SELECTABLE_FD.invokeExact(handle);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** Whether the stamps of this handle are in nanoseconds. */
  static boolean isNanosecond(long handle) {
    try {
      return (int) Calls.PRECISION.invokeExact(handle) == 1;
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static String error(long handle) {
    try {
      long text = (long) Calls.GET_ERROR.invokeExact(handle);
      return MEMORY.asSlice(text, ERROR_BYTES).getString(0).strip();
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static long openDead(int dataLinkType, int snapLengthBytes) {
    try {
      return (long) Calls.OPEN_DEAD.invokeExact(dataLinkType, snapLengthBytes);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static void close(long handle) {
    try {
      Calls.CLOSE.invokeExact(handle);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** Optimised, for an unknown netmask; 0 when the expression is right. */
  static int compile(long handle, MemorySegment programOut, MemorySegment expression) {
    int netmaskUnknown = -1;
    try {
      return (int) Calls.COMPILE.invokeExact(handle, programOut, expression, 1, netmaskUnknown);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  static void freeCode(MemorySegment program) {
    try {
      Calls.FREE_CODE.invokeExact(program);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** How many bytes of the packet the filter wants; 0 rejects it. */
  static int filter(MemorySegment instructions, long packet, int wireLength, int capturedLength) {
    try {
      return (int) Calls.FILTER.invokeExact(instructions, packet, wireLength, capturedLength);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /** A downcall itself throws nothing but what is wrong with this class. */
  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }
}
