package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.protocol.NameSource;

/**
 * What analysers call the servers of flows: made plain and handed to the contact. Such a name is
 * the client's word, or the server's: it can accuse, but it excuses nothing.
 */
final class SaidNames {
  /** Longest host name (RFC 1035 §2.3.4). */
  private static final int MOST_BYTES = 253;

  private final ContactWatch contacts;
  private final byte[] plain = new byte[MOST_BYTES];

  SaidNames(ContactWatch contacts) {
    this.contacts = contacts;
  }

  /**
   * @param packet null at the end of a flow
   * @param secondReading whether only another reading of an ambiguous stream says so
   */
  void said(
      @Nullable Packet packet,
      Flow flow,
      boolean carried,
      NameSource source,
      boolean secondReading,
      byte[] text,
      int start,
      int length) {
    int bytes = plain(text, start, length);
    if (bytes > 0) {
      contacts.said(packet, flow, carried, source.word(), secondReading, plain, bytes);
    }
  }

  /** Whether flows between the packet's two addresses are all the same worker's. */
  boolean isShardOfAddresses(Packet packet) {
    return contacts.isShardOfAddresses(packet);
  }

  /** Copies a host name in lower case; 0 if it is none. */
  private int plain(byte[] text, int start, int length) {
    int end = start + length;
    while (end > start && text[end - 1] == '.') {
      end--;
    }
    if (end - start > MOST_BYTES || end == start) {
      return 0;
    }
    boolean letter = false;
    for (int at = start; at < end; at++) {
      int b = text[at];
      if (b >= 'A' && b <= 'Z') {
        b += 'a' - 'A';
      }
      boolean isLetter = (b >= 'a' && b <= 'z') || b == '_';
      if (!isLetter && !(b >= '0' && b <= '9') && b != '-' && b != '.') {
        return 0;
      }
      letter |= isLetter;
      plain[at - start] = (byte) b;
    }
    return letter ? end - start : 0;
  }
}
