package tapwarden.inspect.protocol.telnet;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * One direction of a Telnet connection (RFC 854): tells text from commands, options and their
 * parameters (RFC 855), however they lie in segments.
 */
final class TelnetParser {
  static final int SE = 240;
  static final int SB = 250;
  static final int WILL = 251;
  static final int WONT = 252;
  static final int DO = 253;
  static final int DONT = 254;
  static final int IAC = 255;

  /** Bytes of an option's parameters that are kept; the rest is passed over. */
  static final int MOST_PARAMETER_BYTES = 128;

  private static final byte[] NOTHING = {};
  private static final int LEAST_BYTES = 16;

  /** Hears of what a direction says. */
  interface Listener {
    /**
     * @return false if nothing more of the direction is wanted
     */
    boolean onText(int octet);

    void onOption(int verb, int option);

    /**
     * @return false if nothing more of the direction is wanted
     */
    boolean onParameters(int option, byte[] bytes, int length);
  }

  private enum State {
    TEXT,
    COMMAND,
    OPTION,
    PARAMETERS_OPTION,
    PARAMETERS,
    PARAMETERS_COMMAND
  }

  private State state = State.TEXT;
  private int verb;
  private int option;
  private byte[] parameters = NOTHING;
  private int length;
  private boolean stopped;

  /** Whether the listener wants no more. */
  boolean isStopped() {
    return stopped;
  }

  /** Reads bytes; returns how many were taken before the listener wanted no more. */
  int read(Listener listener, MemorySegment segment, long offset, int bytes) {
    for (int i = 0; i < bytes; i++) {
      if (!take(listener, segment.get(ValueLayout.JAVA_BYTE, offset + i) & 0xFF)) {
        stopped = true;
        return i + 1;
      }
    }
    return bytes;
  }

  /** Bytes are missing: what comes next is taken for text. */
  void forget() {
    state = State.TEXT;
    parameters = NOTHING;
    length = 0;
  }

  private boolean take(Listener listener, int octet) {
    switch (state) {
      case TEXT -> {
        if (octet != IAC) {
          return listener.onText(octet);
        }
        state = State.COMMAND;
      }
      case COMMAND -> {
        return command(listener, octet);
      }
      case OPTION -> {
        state = State.TEXT;
        listener.onOption(verb, octet);
      }
      case PARAMETERS_OPTION -> {
        option = octet;
        length = 0;
        state = State.PARAMETERS;
      }
      case PARAMETERS -> {
        if (octet == IAC) {
          state = State.PARAMETERS_COMMAND;
        } else {
          keep(octet);
        }
      }
      case PARAMETERS_COMMAND -> {
        return parametersCommand(listener, octet);
      }
    }
    return true;
  }

  private boolean command(Listener listener, int octet) {
    if (octet == IAC) {
      state = State.TEXT;
      return listener.onText(octet);
    }
    verb = octet;
    state = octet == SB ? State.PARAMETERS_OPTION : octet >= WILL ? State.OPTION : State.TEXT;
    return true;
  }

  private boolean parametersCommand(Listener listener, int octet) {
    if (octet == IAC) {
      state = State.PARAMETERS;
      keep(octet);
      return true;
    }
    if (octet == SE) {
      state = State.TEXT;
      return listener.onParameters(option, parameters, length);
    }
    // A command where the end of the parameters should be: they end without one.
    return command(listener, octet);
  }

  private void keep(int octet) {
    if (length == MOST_PARAMETER_BYTES) {
      return;
    }
    if (length == parameters.length) {
      parameters = Arrays.copyOf(parameters, Math.max(LEAST_BYTES, 2 * length));
    }
    parameters[length++] = (byte) octet;
  }
}
