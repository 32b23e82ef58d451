package tapwarden.capture.source.live;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.packet.LinkType;

/**
 * A filter expression (pcap-filter(7)) compiled by libpcap for one link type, without opening an
 * interface. Immutable; {@link #matches} may be called by any thread and allocates nothing for
 * frames in native memory.
 *
 * <p>An expression that holds host names makes libpcap ask the system's resolver when it is
 * compiled; one that holds addresses never touches the network.
 */
public final class BpfFilter {
  /** Longest expression that is compiled, in characters. */
  public static final int MAX_EXPRESSION_LENGTH = 65_536;

  private static final int BYTES_AN_INSTRUCTION = 8;
  private static final int DLT_RAW = 12;

  private final String expression;
  private final int linkType;
  private final MemorySegment instructions;

  private BpfFilter(String expression, int linkType, MemorySegment instructions) {
    this.expression = expression;
    this.linkType = linkType;
    this.instructions = instructions;
  }

  /**
   * Compiles an expression; the empty one accepts everything.
   *
   * @param linkType see {@link LinkType}
   * @param snapLengthBytes how many bytes of a frame an accepting program asks for
   * @throws BpfSyntaxException if the expression is wrong, or means nothing on this link type
   * @throws CaptureException if libpcap is missing
   */
  public static BpfFilter compile(String expression, int linkType, int snapLengthBytes)
      throws CaptureException {
    LibPcap.require();
    if (expression.length() > MAX_EXPRESSION_LENGTH || expression.indexOf('\0') >= 0) {
      throw new BpfSyntaxException(
          "the filter is longer than %d characters or holds a zero byte"
              .formatted(MAX_EXPRESSION_LENGTH),
          BpfSyntaxException.UNKNOWN);
    }
    try (Compiler compiler = new Compiler(linkType, snapLengthBytes)) {
      MemorySegment program = compiler.compile(expression);
      if (program == null) {
        throw BpfErrorLocator.locate(expression, compiler);
      }
      return new BpfFilter(expression, linkType, program);
    }
  }

  public String expression() {
    return expression;
  }

  public int linkType() {
    return linkType;
  }

  /** How many instructions the program has. */
  public int instructionCount() {
    return (int) (instructions.byteSize() / BYTES_AN_INSTRUCTION);
  }

  /** Whether the frame of {@code capturedLength} bytes at {@code offset} passes. */
  public boolean matches(MemorySegment frame, long offset, int capturedLength, int wireLength) {
    if (offset < 0 || capturedLength < 0 || offset + capturedLength > frame.byteSize()) {
      throw new IndexOutOfBoundsException("frame outside its segment");
    }
    if (!frame.isNative()) {
      return matchesOnHeap(frame, offset, capturedLength, wireLength);
    }
    try {
      long address = frame.address() + offset;
      return LibPcap.filter(instructions, address, wireLength, capturedLength) != 0;
    } finally {
      Reference.reachabilityFence(frame);
    }
  }

  private boolean matchesOnHeap(MemorySegment frame, long offset, int captured, int wire) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(Math.max(1, captured));
      MemorySegment.copy(frame, offset, copy, 0, captured);
      return LibPcap.filter(instructions, copy.address(), wire, captured) != 0;
    }
  }

  /** A handle without an interface, for compiling as often as needed. */
  static final class Compiler implements AutoCloseable {
    private final long handle;
    private String error = "";

    Compiler(int linkType, int snapLengthBytes) {
      // The one link type of the registry whose number libpcap has differently on Linux.
      handle = LibPcap.openDead(linkType == LinkType.RAW ? DLT_RAW : linkType, snapLengthBytes);
      if (handle == 0) {
        throw new OutOfMemoryError("pcap_open_dead");
      }
    }

    /** The instructions, in memory of their own, or null if the expression is wrong. */
    @Nullable MemorySegment compile(String expression) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment program = arena.allocate(16, 8); // struct bpf_program: u_int, pointer
        if (LibPcap.compile(handle, program, arena.allocateFrom(expression)) != 0) {
          error = LibPcap.error(handle);
          return null;
        }
        long bytes = (long) program.get(JAVA_INT, 0) * BYTES_AN_INSTRUCTION;
        MemorySegment own = Arena.ofAuto().allocate(bytes, BYTES_AN_INSTRUCTION);
        MemorySegment.copy(
            LibPcap.MEMORY, JAVA_BYTE, program.get(JAVA_LONG, 8), own, JAVA_BYTE, 0, bytes);
        LibPcap.freeCode(program);
        return own;
      }
    }

    /** What was wrong with the last expression, in libpcap's words. */
    String error() {
      String prefix = "can't parse filter expression: ";
      return error.toLowerCase(Locale.ROOT).startsWith(prefix)
          ? error.substring(prefix.length())
          : error;
    }

    @Override
    public void close() {
      LibPcap.close(handle);
    }
  }
}
