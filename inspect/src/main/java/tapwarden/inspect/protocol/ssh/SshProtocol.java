package tapwarden.inspect.protocol.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/**
 * Recognises SSH by its banner (RFC 4253 §4.2), which may follow other lines of the server, or,
 * where a connection was taken up behind it, by the first packet of a key exchange.
 */
final class SshProtocol implements Protocol {
  static final int PORT = 22;

  private static final byte[] WORD = "SSH-".getBytes(US_ASCII);
  private static final int KEXINIT_LISTS = 26;

  /** Longest banner that is kept; RFC 4253 allows 255. */
  static final int MOST_BANNER_BYTES = 512;

  final StreamMemory memory;
  final Hassh hassh = new Hassh();

  /** The line at hand. */
  final byte[] line = new byte[MOST_BANNER_BYTES];

  /** A key exchange offer that is whole in its segment. */
  final byte[] offer = new byte[SshSide.MOST_OFFER_BYTES];

  SshProtocol(ProtocolContext context) {
    memory = context.memory();
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new SshReader(this);
  }

  /** A banner, lines before it, or the high bytes of a packet's length. */
  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return isStream && (firstByte == 0 || isOfLine(firstByte));
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (!opening.isStream()) {
      return Recognition.NO;
    }
    if (opening.begins(WORD) != Recognition.NO) {
      return banner(opening, 0);
    }
    if (opening.length() == 0 || opening.u8(0) == 0) {
      return keyExchange(opening);
    }
    return opening.toServer() ? Recognition.NO : behindOtherLines(opening);
  }

  private static Recognition banner(Opening opening, int start) {
    Recognition word = opening.has(start, WORD);
    int digit = start + WORD.length;
    if (word == Recognition.NO || opening.length() <= digit) {
      return word == Recognition.NO ? Recognition.NO : Recognition.MORE;
    }
    return isDigit(opening.u8(digit)) ? Recognition.YES : Recognition.NO;
  }

  /** Lines before the banner are text, and unless the port confirms, it is among what is shown. */
  private static Recognition behindOtherLines(Opening opening) {
    for (int i = 0; i < opening.length(); i++) {
      int octet = opening.u8(i);
      if (!isOfLine(octet)) {
        return Recognition.NO;
      }
      if (octet == '\n' && banner(opening, i + 1) == Recognition.YES) {
        return Recognition.YES;
      }
    }
    return opening.isPort(PORT) ? Recognition.MORE : Recognition.NO;
  }

  /**
   * A packet (RFC 4253 §6) of a plausible length that is a key exchange offer (§7.1) whose first
   * list looks like one.
   */
  private static Recognition keyExchange(Opening opening) {
    Recognition ifShort = opening.isPort(PORT) ? Recognition.MORE : Recognition.NO;
    if (opening.length() < KEXINIT_LISTS) {
      return ifShort;
    }
    long packet = opening.u32(0);
    long list = opening.u32(KEXINIT_LISTS - Integer.BYTES);
    if (packet > SshSide.MOST_OFFER_BYTES
        || opening.u8(4) < SshSide.LEAST_PADDING
        || opening.u8(5) != SshSide.KEXINIT
        || list == 0
        || list > packet - KEXINIT_LISTS) {
      return Recognition.NO;
    }
    int shown = (int) Math.min(opening.length() - KEXINIT_LISTS, list);
    for (int i = 0; i < shown; i++) {
      if (!isOfAName(opening.u8(KEXINIT_LISTS + i))) {
        return Recognition.NO;
      }
    }
    return shown < Math.min(list, 4) ? ifShort : Recognition.LIKELY;
  }

  private static boolean isOfLine(int octet) {
    return octet >= ' ' || octet == '\r' || octet == '\n' || octet == '\t';
  }

  private static boolean isOfAName(int octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || isDigit(octet)
        || octet == '-'
        || octet == ','
        || octet == '@'
        || octet == '.'
        || octet == '_';
  }

  static boolean isDigit(int octet) {
    return octet >= '0' && octet <= '9';
  }
}
