package tapwarden.inspect.protocol.known;

import java.nio.charset.StandardCharsets;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Peers that share files. */
public final class Peers {
  private Peers() {}

  /**
   * BitTorrent (BEP 3), the first packet of its own transport over UDP (BEP 29), and the search for
   * peers nearby (BEP 14).
   */
  public static final class Bittorrent extends KnownProtocol {
    private static final byte[] WORD =
        "\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SEARCH =
        "BT-SEARCH * HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Type 4 of version 1, no difference of time, nothing acknowledged; without an extension. */
    private static final BytePattern SYN =
        BytePattern.of("41 00 ?? ?? ?? ?? ?? ?? 00 00 00 00 ?? ?? ?? ?? ?? ?? 00 00");

    /** The same with eight bytes of extension bits. */
    private static final BytePattern SYN_WITH_BITS =
        BytePattern.of(
            "41 02 ?? ?? ?? ?? ?? ?? 00 00 00 00 ?? ?? ?? ?? ?? ?? 00 00 00 08 00 00 00 00 00 00"
                + " 00 00");

    public Bittorrent() {
      super("bittorrent", Carrier.BOTH, FirstBytes.of(0x13, 0x41, 'B'));
    }

    @Override
    Recognition look(Opening opening) {
      if (opening.isStream()) {
        return opening.begins(WORD);
      }
      return yesIf(
          isWhole(opening, SYN)
              || isWhole(opening, SYN_WITH_BITS)
              || opening.begins(SEARCH) == Recognition.YES);
    }

    private static boolean isWhole(Opening opening, BytePattern packet) {
      return opening.length() == packet.length() && packet.begins(opening) == Recognition.YES;
    }
  }

  /** BitTorrent's distributed hash table (BEP 5): a dictionary with a query, response or error. */
  public static final class BittorrentDht extends KnownProtocol {
    private static final Words DICTIONARY =
        Words.of("d1:ad2:id20:", "d1:rd2:id20:", "d1:eli2", "d2:ip", "d1:rd6:token");

    public BittorrentDht() {
      super("bittorrent-dht", Carrier.UDP, FirstBytes.ofText("d"));
    }

    @Override
    Recognition look(Opening opening) {
      return DICTIONARY.begin(opening) == Recognition.YES
          ? yesIf(opening.u8(opening.length() - 1) == 'e')
          : Recognition.NO;
    }
  }
}
