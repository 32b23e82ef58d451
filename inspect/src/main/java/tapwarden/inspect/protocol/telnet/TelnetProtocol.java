package tapwarden.inspect.protocol.telnet;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;

/**
 * Recognises Telnet by the negotiation of an option (RFC 854) that one side begins with, or, on its
 * ports alone, by text that asks for a name or a password, or in which an option is negotiated.
 */
final class TelnetProtocol implements Protocol {
  private static final int NEGOTIATION_BYTES = 3;
  private static final int[] PORTS = {23, 2323};

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new TelnetReader();
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return isStream && isText(firstByte, 0);
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (!opening.isStream()) {
      return Recognition.NO;
    }
    boolean onPort = isPort(opening);
    if (opening.length() == 0) {
      return Recognition.MORE;
    }
    if (opening.u8(0) == TelnetParser.IAC) {
      return negotiation(opening, onPort);
    }
    return onPort ? text(opening) : Recognition.NO;
  }

  static boolean isPort(int port) {
    return port == PORTS[0] || port == PORTS[1];
  }

  private static boolean isPort(Opening opening) {
    return isPort(opening.serverPort()) || isPort(opening.clientPort());
  }

  /**
   * An option is asked for or refused, and what follows, as far as it is seen, is another command
   * or text: {@code FF FE} begins text in UTF-16 too, and {@code FF FB} audio frames.
   */
  private static Recognition negotiation(Opening opening, boolean onPort) {
    int length = opening.length();
    if (length > 1 && !isVerb(opening.u8(1))) {
      return onPort && opening.u8(1) >= TelnetParser.SE ? Recognition.LIKELY : Recognition.NO;
    }
    if (length < NEGOTIATION_BYTES) {
      return Recognition.MORE;
    }
    if (!TelnetOption.isKnown(opening.u8(2))) {
      return Recognition.NO;
    }
    if (length == NEGOTIATION_BYTES) {
      return onPort ? Recognition.YES : Recognition.LIKELY;
    }
    int next = opening.u8(NEGOTIATION_BYTES);
    if (next != TelnetParser.IAC) {
      boolean isText = isText(next, 0);
      return !isText ? Recognition.NO : onPort ? Recognition.YES : Recognition.LIKELY;
    }
    if (length > NEGOTIATION_BYTES + 1 && opening.u8(NEGOTIATION_BYTES + 1) < TelnetParser.SE) {
      return Recognition.NO;
    }
    return Recognition.YES;
  }

  private static Recognition text(Opening opening) {
    if (isOther(opening)) {
      return Recognition.NO;
    }
    Prompts prompts = new Prompts();
    int before = 0;
    for (int i = 0; i < opening.length(); i++) {
      int octet = opening.u8(i);
      if (octet == TelnetParser.IAC && i + 1 < opening.length()) {
        return isVerb(opening.u8(i + 1)) ? Recognition.LIKELY : Recognition.NO;
      }
      if (octet != TelnetParser.IAC && !isText(octet, before)) {
        return Recognition.NO;
      }
      prompts.take(octet);
      before = octet;
    }
    boolean asks = !opening.toServer() && (prompts.asksForName() || prompts.asksForPassword());
    return asks ? Recognition.LIKELY : Recognition.MORE;
  }

  /** Begins like a numbered reply, or a line of a protocol that is text too. */
  private static boolean isOther(Opening opening) {
    int first = opening.u8(0);
    if (first == '+' || first == '*') {
      return true;
    }
    for (int i = 0; i < Math.min(3, opening.length()); i++) {
      int octet = opening.u8(i);
      if (octet < '0' || octet > '9') {
        return opening.length() > 4
            && ((first == 'S' && opening.u8(1) == 'S' && opening.u8(2) == 'H')
                || (first == 'H' && opening.u8(1) == 'T' && opening.u8(2) == 'T'));
      }
    }
    return true;
  }

  private static boolean isVerb(int octet) {
    return octet >= TelnetParser.WILL && octet <= TelnetParser.DONT;
  }

  /** Bell to carriage return, escape, printable; NUL only behind a carriage return. */
  private static boolean isText(int octet, int before) {
    return octet >= ' '
        || (octet >= 7 && octet <= '\r')
        || octet == 0x1B
        || (octet == 0 && before == '\r');
  }
}
