package tapwarden.inspect.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.detect.Contact.SaidName;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.intel.NameMatcher;
import tapwarden.inspect.protocol.NameSource;
import tapwarden.inspect.wire.IpAddress;

/**
 * What analysers call the servers of flows: made plain and handed to the contact. Such a name is
 * the client's word, or the server's: it can accuse, but it excuses nothing.
 */
final class SaidNames {
  /** Longest host name (RFC 1035 §2.3.4). */
  private static final int MOST_BYTES = 253;

  private final ContactWatch contacts;
  private final Supplier<IndicatorSet> indicators;
  private final NameMatcher names;
  private final byte[] plain = new byte[MOST_BYTES];

  SaidNames(ContactWatch contacts, Supplier<IndicatorSet> indicators, NameMatcher names) {
    this.contacts = contacts;
    this.indicators = indicators;
    this.names = names;
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
    IndicatorSet set = indicators.get();
    names.begin(packet == null ? ~flow.startOrder() : packet.number());
    byte[] ascii = names.toAscii(set, text, start, length);
    int bytes = ascii == null ? plain(text, start, length) : plain(ascii, 0, ascii.length);
    if (bytes == 0) {
      return;
    }
    boolean isListed = set.matchName(plain, 0, bytes) >= 0;
    if (isListed || (!secondReading && contacts.isFollowed(flow))) {
      String name = new String(plain, 0, bytes, StandardCharsets.US_ASCII);
      SaidName said = new SaidName(word(source, secondReading), name, null, 0);
      contacts.said(packet, flow, carried, said, isListed);
    }
  }

  /**
   * Addresses matter only if they are listed, and not if they are an end of the flow: a list that
   * names that speaks of the flow anyway.
   */
  void saidAddress(
      @Nullable Packet packet,
      Flow flow,
      boolean carried,
      NameSource source,
      boolean secondReading,
      int version,
      long high,
      long low,
      int port) {
    if (isEnd(flow, version, high, low)
        || indicators.get().matchAddress(version, high, low, port) < 0) {
      return;
    }
    IpAddress address = new IpAddress(version, high, low);
    SaidName said = new SaidName(word(source, secondReading), address.toString(), address, port);
    contacts.said(packet, flow, carried, said, true);
  }

  private static boolean isEnd(Flow flow, int version, long high, long low) {
    return version == flow.ipVersion()
        && ((high == flow.serverHigh() && low == flow.serverLow())
            || (high == flow.clientHigh() && low == flow.clientLow()));
  }

  private static String word(NameSource source, boolean secondReading) {
    return secondReading ? source.word() + " in another reading" : source.word();
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
