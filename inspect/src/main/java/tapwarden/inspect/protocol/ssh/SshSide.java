package tapwarden.inspect.protocol.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.text.LineReader;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;

/**
 * What one side of an SSH connection says in clear: lines up to the banner, then binary packets
 * (RFC 4253 §6) up to NEWKEYS, of which only the offer for the key exchange (§7.1) is kept.
 */
final class SshSide {
  static final int KEXINIT = 20;
  static final int NEWKEYS = 21;
  static final int LEAST_PADDING = 4;

  /** Messages from here on are those of the encrypted part (RFC 4250 §4.1.1). */
  private static final int FIRST_ENCRYPTED_TYPE = 50;

  /** Largest packet that RFC 4253 §6.1 asks implementations to take. */
  static final int MOST_OFFER_BYTES = 35_000;

  /** Largest packet that any implementation takes, so that more is no SSH. */
  static final int MOST_PACKET_BYTES = 256 * 1024;

  /** Lines that may come before the banner. */
  static final int MOST_LINES = 1_024;

  /** Packets before NEWKEYS from which on their number is odd. */
  static final int MANY_PACKETS = 64;

  private static final int LONGEST_BANNER_OF_RFC = 253;
  private static final byte[] WORD = "SSH-".getBytes(US_ASCII);
  private static final byte[] NOTHING = {};
  private static final int HEADER_BYTES = 6;

  private enum Phase {
    BANNER,
    PACKETS,
    OVER
  }

  private final SshProtocol protocol;
  private final SshReader reader;
  private final boolean toServer;
  private final LineReader lines;
  private Phase phase = Phase.BANNER;
  private int count;
  private byte[] banner = NOTHING;

  /** Length, padding length and type of a packet. */
  private final byte[] header = new byte[HEADER_BYTES];

  private int headerBytes;

  /** Bytes of the packet that have not come yet. */
  private int packetLeft;

  /** Whether the packet is one that is kept. */
  private boolean isKept;

  private final Kept kept;

  private @Nullable SshOffer offer;
  private boolean offerSeen;
  private @Nullable String hassh;
  private boolean newKeys;
  private boolean violated;

  SshSide(SshProtocol protocol, SshReader reader, boolean toServer) {
    this.protocol = protocol;
    this.reader = reader;
    this.toServer = toServer;
    lines = new LineReader(protocol.memory, protocol.line);
    kept = new Kept(protocol.memory);
  }

  void data(Report report, MemorySegment segment, long offset, int length) {
    long from = offset;
    long end = offset + length;
    if (phase == Phase.BANNER) {
      from = readLines(report, segment, offset, length);
    }
    while (from < end && phase == Phase.PACKETS) {
      from = readPacket(report, segment, from, end);
    }
  }

  /** Nothing more of this side will be read. */
  void lose() {
    phase = Phase.OVER;
    lines.forget();
    kept.release();
  }

  boolean isViolated() {
    return violated;
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  boolean hasNewKeys() {
    return newKeys;
  }

  boolean hasBanner() {
    return banner.length > 0;
  }

  boolean isKnownInPart() {
    return hasBanner() || offerSeen;
  }

  /** Version 1.99 stands for a server that has both. */
  boolean isFirstVersion() {
    int at = WORD.length;
    return banner.length > at + 1
        && banner[at] == '1'
        && banner[at + 1] == '.'
        && !(banner.length > at + 3 && banner[at + 2] == '9' && banner[at + 3] == '9');
  }

  byte[] banner() {
    return banner;
  }

  @Nullable SshOffer offer() {
    return offer;
  }

  /** Null without an offer, and where no event wants it. */
  @Nullable String hassh() {
    return hassh;
  }

  void releaseOffer() {
    if (offer != null) {
      protocol.memory.give(offer.bytes());
      offer = null;
    }
  }

  private long readLines(Report report, MemorySegment segment, long offset, int length) {
    if (count == 0 && !lines.isBegun() && segment.get(ValueLayout.JAVA_BYTE, offset) == 0) {
      // Taken up behind the banner.
      phase = Phase.PACKETS;
      return offset;
    }
    lines.feed(segment, offset, length);
    while (phase == Phase.BANNER && lines.next()) {
      readLine(report);
    }
    return lines.position();
  }

  private void readLine(Report report) {
    byte[] line = lines.bytes();
    int length = lines.length();
    if (length >= WORD.length && Arrays.equals(line, 0, WORD.length, WORD, 0, WORD.length)) {
      banner = Arrays.copyOf(line, textLength(line, length));
      phase = Phase.PACKETS;
      count = 0;
      report.trait("ssh-banner", Side.of(toServer), banner, 0, banner.length);
      if (length > LONGEST_BANNER_OF_RFC) {
        report.oddity("banner_long");
      }
      if (banner.length < length) {
        report.oddity("banner_with_nul");
      }
    } else if (++count == MOST_LINES) {
      violate(report, "no_banner");
    }
  }

  /** Some fill their banner with NUL, which RFC 4253 §4.2 forbids and which ends it in C. */
  private static int textLength(byte[] line, int length) {
    int text = 0;
    while (text < length && line[text] != 0) {
      text++;
    }
    return text;
  }

  private void violate(Report report, String what) {
    lose();
    violated = true;
    report.violated(what);
  }

  /** Reads on in a packet, at most to its end. */
  private long readPacket(Report report, MemorySegment segment, long offset, long end) {
    if (headerBytes < HEADER_BYTES) {
      int some = (int) Math.min(HEADER_BYTES - headerBytes, end - offset);
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, header, headerBytes, some);
      headerBytes += some;
      if (headerBytes == HEADER_BYTES) {
        begin(report);
      }
      return offset + some;
    }
    int some = (int) Math.min(packetLeft, end - offset);
    if (isKept) {
      keep(report, segment, offset, some);
    }
    packetLeft -= some;
    endIfWhole(report);
    return offset + some;
  }

  private void begin(Report report) {
    long length =
        (header[0] & 0xFFL) << 24
            | (header[1] & 0xFF) << 16
            | (header[2] & 0xFF) << 8
            | (header[3] & 0xFF);
    if (count == 0 && hasBanner() && reader.isFirstVersion()) {
      beginOfFirstVersion(report, length);
      return;
    }
    int type = header[5] & 0xFF;
    if (length < HEADER_BYTES - Integer.BYTES || length > MOST_PACKET_BYTES) {
      violate(report, "packet_length");
      return;
    }
    if (type == 0 || type >= FIRST_ENCRYPTED_TYPE) {
      violate(report, "packet_type");
      return;
    }
    if (++count == MANY_PACKETS) {
      report.oddity("many_packets_before_newkeys");
    }
    packetLeft = (int) length - (HEADER_BYTES - Integer.BYTES);
    isKept = type == KEXINIT && !offerSeen;
    if (isKept && packetLeft > MOST_OFFER_BYTES) {
      report.oddity("offer_long");
      isKept = false;
    }
    newKeys |= type == NEWKEYS;
    endIfWhole(report);
  }

  /**
   * There the length is that of type, data and checksum, and before them comes padding of 1 to 8
   * bytes. The first packet of either side is the server's key and what the client answers; then
   * all is encrypted.
   */
  private void beginOfFirstVersion(Report report, long length) {
    if (length < Integer.BYTES + 1 || length > MOST_PACKET_BYTES) {
      violate(report, "packet_length");
      return;
    }
    int padding = 8 - (int) (length % 8);
    packetLeft = padding + (int) length - (HEADER_BYTES - Integer.BYTES);
    newKeys = true;
    endIfWhole(report);
  }

  private void endIfWhole(Report report) {
    if (packetLeft > 0 || isOver()) {
      return;
    }
    headerBytes = 0;
    if (isKept) {
      isKept = false;
      readOffer(report, kept.bytes(), kept.length());
      kept.release();
    }
    if (newKeys) {
      phase = Phase.OVER;
    }
  }

  private void keep(Report report, MemorySegment segment, long offset, int some) {
    if (kept.length() == 0 && some == packetLeft) {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, protocol.offer, 0, some);
      isKept = false;
      readOffer(report, protocol.offer, some);
    } else if (!kept.add(segment, offset, some)) {
      isKept = false;
    }
  }

  private void readOffer(Report report, byte[] bytes, int length) {
    SshOffer read = SshOffer.parse(bytes, length);
    if (read == null) {
      report.oddity("offer_malformed");
      return;
    }
    offerSeen = true;
    if (!report.wants(SshEve.EVENT)) {
      return;
    }
    hassh = protocol.hassh.of(read, toServer);
    if (protocol.memory.take(read.bytes())) {
      offer = read;
    }
  }
}
