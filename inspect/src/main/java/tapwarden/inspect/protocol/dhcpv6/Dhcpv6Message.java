package tapwarden.inspect.protocol.dhcpv6;

import tapwarden.inspect.wire.Bytes;

/**
 * A DHCPv6 message (RFC 8415 §8) in an array, read in place; one object is moved from message to
 * message. What relays forward is taken out of their messages (RFC 8415 §9).
 */
final class Dhcpv6Message {
  /** Most relays that are looked through; the protocol's own limit is 8 hops (RFC 8415 §7.6). */
  static final int MAX_RELAYS = 8;

  static final int MAX_TYPE = 36;
  static final int RELAY_FORWARD = 12;
  static final int RELAY_REPLY = 13;

  private static final int HEAD_BYTES = 4;
  private static final int RELAY_HEAD_BYTES = 34;
  private static final int LAST_CLIENT_TYPE = 11;
  private static final int DUID_LINK_LAYER_TIME = 1;
  private static final int DUID_LINK_LAYER = 3;
  private static final int MAC_BYTES = 6;

  private final OptionCursor cursor = new OptionCursor();
  private final int[] relayStart = new int[MAX_RELAYS];
  private final int[] relayEnd = new int[MAX_RELAYS];
  private int relays;
  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private boolean isWhole;
  private boolean isLimited;

  /**
   * Reads a message.
   *
   * @return false if it is none
   */
  boolean parse(byte[] message, int length) {
    bytes = message;
    start = 0;
    end = length;
    relays = 0;
    isLimited = false;
    if (!startsMessage()) {
      return false;
    }
    isWhole = true;
    while (isRelay()) {
      if (relays == MAX_RELAYS) {
        isLimited = true;
        return true;
      }
      int from = start;
      int to = end;
      boolean hasInner = false;
      OptionCursor options = cursor.on(bytes, start + RELAY_HEAD_BYTES, end);
      while (options.next()) {
        if (options.code() == Dhcpv6Option.RELAY_MESSAGE && !hasInner) {
          hasInner = true;
          start = options.start();
          end = start + options.length();
        }
      }
      isWhole &= options.isWhole();
      relayStart[relays] = from;
      relayEnd[relays++] = to;
      if (!hasInner || !startsMessage()) {
        // The relay is a fact even if what it forwards was not captured.
        start = from;
        end = to;
        isWhole = false;
        return true;
      }
    }
    isWhole &= cursor.on(bytes, start + HEAD_BYTES, end).fills();
    return true;
  }

  private boolean startsMessage() {
    int type = end > start ? bytes[start] & 0xFF : 0;
    return type > 0
        && type <= MAX_TYPE
        && end - start >= (isRelay() ? RELAY_HEAD_BYTES : HEAD_BYTES);
  }

  private boolean isRelay() {
    return bytes[start] == RELAY_FORWARD || bytes[start] == RELAY_REPLY;
  }

  /** Whether all options at all levels fit their places exactly. */
  boolean isWhole() {
    return isWhole;
  }

  /** Whether there were more than {@link #MAX_RELAYS}. */
  boolean isLimited() {
    return isLimited;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Of the innermost message. */
  int type() {
    return bytes[start];
  }

  /** Of the innermost message; -1 if that is still a relay's, which has none. */
  int transaction() {
    return isRelay() ? -1 : (bytes[start + 1] & 0xFF) << 16 | Bytes.u16(bytes, start + 2);
  }

  /** A cursor before the options of the innermost message. */
  OptionCursor options(OptionCursor reused) {
    return reused.on(bytes, start + (isRelay() ? RELAY_HEAD_BYTES : HEAD_BYTES), end);
  }

  int relays() {
    return relays;
  }

  /** Hop count of a relay, outermost first. */
  int hops(int relay) {
    return bytes[relayStart[relay] + 1] & 0xFF;
  }

  /** Where the address of the link starts that a relay serves; the peer's follows. */
  int linkAddress(int relay) {
    return relayStart[relay] + 2;
  }

  /** A cursor before the options of a relay's message. */
  OptionCursor relayOptions(OptionCursor reused, int relay) {
    return reused.on(bytes, relayStart[relay] + RELAY_HEAD_BYTES, relayEnd[relay]);
  }

  /** Whether it is a kind that clients send, and came without a relay. */
  boolean isOfClient() {
    int type = type();
    return relays == 0
        && type <= LAST_CLIENT_TYPE
        && type != 2 // advertise
        && type != 7 // reply
        && type != 10; // reconfigure
  }

  /** The hardware address in the client's identifier (RFC 8415 §11.2, §11.4); -1 if none. */
  long clientMac(OptionCursor reused) {
    OptionCursor options = options(reused);
    if (!options.next(Dhcpv6Option.CLIENT_ID) || options.length() < HEAD_BYTES) {
      return -1;
    }
    int kind = Bytes.u16(bytes, options.start());
    int at = kind == DUID_LINK_LAYER_TIME ? 8 : kind == DUID_LINK_LAYER ? 4 : -1;
    if (at < 0
        || options.length() != at + MAC_BYTES
        || Bytes.u16(bytes, options.start() + 2) != 1) {
      return -1;
    }
    int mac = options.start() + at;
    return Bytes.u32(bytes, mac) << 16 | Bytes.u16(bytes, mac + 4);
  }
}
