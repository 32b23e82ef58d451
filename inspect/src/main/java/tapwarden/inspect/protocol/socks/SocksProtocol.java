package tapwarden.inspect.protocol.socks;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Tells a connection by its client's first message, of which each byte has a meaning and none may
 * be left over. Datagrams are of SOCKS only if a connection announced them.
 */
final class SocksProtocol implements Protocol {
  static final int VERSION_4 = 4;
  static final int VERSION_5 = 5;

  private static final int MOST_METHODS = 10;

  /** Methods that are assigned end there; those from 0x80 on are for private use. */
  private static final int LAST_METHOD = 9;

  private static final int FIRST_PRIVATE_METHOD = 0x80;
  private static final int LAST_PRIVATE_METHOD = 0xFE;
  private static final int FIXED_BYTES_4 = 8;

  /** First byte of IPv4 addresses below those of groups. */
  private static final int LAST_UNICAST = 223;

  private final StreamMemory memory;

  SocksProtocol(StreamMemory memory) {
    this.memory = memory;
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return isStream && (firstByte == VERSION_4 || firstByte == VERSION_5);
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (!opening.isStream() || opening.length() == 0) {
      return Recognition.NO;
    }
    return switch (opening.u8(0)) {
      case VERSION_4 -> request4(opening);
      case VERSION_5 -> methods(opening);
      default -> Recognition.NO;
    };
  }

  /** A version, a number of methods, and so many different ones (RFC 1928 §3). */
  private static Recognition methods(Opening opening) {
    if (opening.length() == 1) {
      return Recognition.MORE;
    }
    int end = 2 + opening.u8(1);
    if (end == 2 || end > 2 + MOST_METHODS || !areMethods(opening, 2, end)) {
      return Recognition.NO;
    }
    if (opening.length() <= end) {
      return opening.length() < end ? Recognition.MORE : Recognition.YES;
    }
    // A hasty client goes on at once, with its name or its request.
    int next = opening.u8(end);
    return next == VERSION_5 || next == 1 ? Recognition.YES : Recognition.NO;
  }

  private static boolean areMethods(Opening opening, int from, int end) {
    for (int at = from; at < Math.min(end, opening.length()); at++) {
      int method = opening.u8(at);
      if (method > LAST_METHOD && (method < FIRST_PRIVATE_METHOD || method > LAST_PRIVATE_METHOD)) {
        return false;
      }
      for (int before = from; before < at; before++) {
        if (opening.u8(before) == method) {
          return false;
        }
      }
    }
    return true;
  }

  /** A command, a port, an address, a user's name that ends in zero, perhaps a host's. */
  private static Recognition request4(Opening opening) {
    int length = opening.length();
    if (length > 1 && opening.u8(1) != SocksRequest.CONNECT && opening.u8(1) != SocksRequest.BIND) {
      return Recognition.NO;
    }
    if (length < FIXED_BYTES_4) {
      return Recognition.MORE;
    }
    long address = opening.u32(4);
    boolean named = address > 0 && address <= 0xFF;
    long network = address >>> 24;
    boolean unicast = network > 0 && network <= LAST_UNICAST;
    if (opening.u16(2) == 0 || (!named && !unicast)) {
      return Recognition.NO;
    }
    int end = afterZero(opening, FIXED_BYTES_4);
    if (named && end > 0) {
      end = end == length ? -1 : afterZero(opening, end);
    }
    if (end <= 0) {
      return end < 0 ? Recognition.MORE : Recognition.NO;
    }
    return end == length ? Recognition.YES : Recognition.NO;
  }

  /** The place behind the zero that ends printable text; -1 if it is not there, 0 for no text. */
  private static int afterZero(Opening opening, int from) {
    for (int at = from; at < opening.length(); at++) {
      int c = opening.u8(at);
      if (c == 0) {
        return at + 1;
      }
      if (c < ' ' || c == 0x7F || at - from >= SocksRequest.LONGEST_TEXT) {
        return 0;
      }
    }
    return -1;
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new SocksReader(memory);
  }

  @Override
  public @Nullable DatagramReader newDatagrams(@Nullable Object note) {
    return note instanceof SocksRelay ? new SocksDatagrams() : null;
  }
}
