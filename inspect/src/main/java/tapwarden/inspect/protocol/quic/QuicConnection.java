package tapwarden.inspect.protocol.quic;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.quic.FrameCursor;
import tapwarden.inspect.codec.quic.InitialKeys;
import tapwarden.inspect.codec.quic.LongHeader;
import tapwarden.inspect.codec.quic.QuicVersion;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.wire.Bytes;

/**
 * Reads the beginning of a flow of QUIC: opens Initial packets, puts the hellos together, and lets
 * the flow go once the server's hello has answered the client's.
 *
 * <p>Packets that cannot be opened, and hellos that no server answers, change nothing for those
 * that come after: each is an {@link Attempt} of its own, whose client is whoever sent it.
 */
final class QuicConnection implements DatagramReader {
  /** Datagrams in which a hello is waited for. */
  static final int MOST_DATAGRAMS = 1_024;

  /** Datagrams after a hello in which another, or the server's, is waited for. */
  static final int MOST_AFTER_HELLO = 128;

  /** Packets of one datagram; a client sends two or three at most (RFC 9000 §12.2). */
  static final int MOST_PACKETS = 16;

  /** Initial packets of one datagram that cannot be opened, before the rest is left alone. */
  static final int MOST_UNOPENED = 4;

  private final QuicTools tools;
  private final QuicHellos hellos;
  private final ConnectionFacts facts = new ConnectionFacts();
  private final Attempts attempts;
  private final HandshakeParts parts;
  private int datagrams;
  private int afterHello;
  private boolean unreadable;
  private boolean finished;

  QuicConnection(QuicTools tools) {
    this.tools = tools;
    hellos = new QuicHellos(tools, facts);
    attempts = new Attempts(tools.memory);
    parts = new HandshakeParts(attempts, hellos);
  }

  @Override
  public boolean datagram(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    datagrams++;
    if (length >= LongHeader.LEAST_BYTES) {
      boolean isLong = LongHeader.isLong(Bytes.u8(segment, offset));
      if (isLong && !QuicVersion.hasClearLongHeader(Bytes.i32(segment, offset + 1))) {
        readPackets(report, toServer, segment, offset, offset + length);
      } else if (tools.clear.parse(segment, offset, length)) {
        readClear(report, toServer);
      }
    }
    afterHello += hellos.count() > 0 ? 1 : 0;
    return !finished && afterHello < MOST_AFTER_HELLO && datagrams < MOST_DATAGRAMS;
  }

  private void readPackets(
      Report report, boolean toServer, MemorySegment segment, long offset, long end) {
    LongHeader header = tools.header;
    int unopened = 0;
    long at = offset;
    for (int i = 0; at < end && LongHeader.isLong(Bytes.u8(segment, at)); i++) {
      if (i == MOST_PACKETS || unopened == MOST_UNOPENED) {
        report.oddity("packets_limit");
        return;
      }
      if (!header.parse(segment, at, end)) {
        report.oddity("header");
        noteVersion(header);
        return;
      }
      if (at > offset && !isOfFirst(header, offset)) {
        // RFC 9000 §12.2: an endpoint ignores it.
        report.oddity("coalesced_id");
        return;
      }
      unopened += readPacket(report, toServer) ? 0 : 1;
      at = header.end();
    }
  }

  private void noteVersion(LongHeader header) {
    if (header.hasIds() && header.version() != QuicVersion.NEGOTIATION) {
      facts.version(header.version());
    }
  }

  /** Whether the packet has the identifier of the datagram's first; the version does not matter. */
  private static boolean isOfFirst(LongHeader header, long first) {
    MemorySegment segment = header.segment();
    long id = first + header.destinationId() - header.start();
    int length = header.destinationIdLength();
    return Bytes.u8(segment, id - 1) == length
        && MemorySegment.mismatch(
                segment,
                id,
                id + length,
                segment,
                header.destinationId(),
                header.destinationId() + length)
            < 0;
  }

  /** Reads one packet; false if it is one that should open but does not. */
  private boolean readPacket(Report report, boolean toServer) {
    LongHeader header = tools.header;
    noteVersion(header);
    switch (header.type()) {
      case VERSION_NEGOTIATION -> facts.offered(header);
      case RETRY -> facts.retry();
      case ZERO_RTT -> facts.zeroRtt();
      case HANDSHAKE -> {}
      case INITIAL -> {
        return !QuicVersion.hasProtectedInitial(header.version()) || readInitial(report, toServer);
      }
    }
    return true;
  }

  private boolean readInitial(Report report, boolean toServer) {
    LongHeader header = tools.header;
    Attempt attempt = known(header, toServer);
    if (attempt == null) {
      attempt = begun(report, header, toServer);
    }
    if (attempt == null) {
      // A server's packets cannot be opened without the client's: nothing is odd about that.
      if (!unreadable && (toServer || attempts.size() > 0)) {
        report.oddity("initial_unreadable");
        unreadable = true;
      }
      return false;
    }
    attempt.lastUsed = datagrams;
    int version = header.version();
    byte[] plain = tools.opener.plain();
    int length = tools.opener.plainLength();
    FrameCursor frames =
        QuicVersion.isGoogle(version)
            ? tools.googleFrames.start(plain, 0, length, version)
            : tools.frames.start(plain, 0, length);
    attempt.spoken = version;
    readFrames(report, attempt, attempt.toServer == toServer, frames);
    return true;
  }

  /** The attempt whose keys open the packet. */
  private @Nullable Attempt known(LongHeader header, boolean toServer) {
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Attempt attempt = attempts.get(i);
      boolean ofClient = attempt.toServer == toServer;
      boolean isSame = isNamed(attempt.keys, header) && attempt.version == header.version();
      if (ofClient && isSame && opens(attempt, header, true)) {
        return attempt;
      }
    }
    for (int i = attempts.size() - 1; i >= 0; i--) {
      Attempt attempt = attempts.get(i);
      boolean ofClient = attempt.toServer == toServer;
      // Once the server has answered, the client calls it by the name that it gave itself. The name
      // that it chose for it stands in a first packet alone, perhaps of another version.
      boolean mayBe =
          !ofClient
              || ((attempt.answered || i == attempts.size() - 1) && !isNamed(attempt.keys, header));
      if (mayBe && opens(attempt, header, ofClient)) {
        attempt.answered |= !ofClient;
        return attempt;
      }
    }
    return null;
  }

  private static boolean isNamed(InitialKeys keys, LongHeader header) {
    return keys.isOf(header.segment(), header.destinationId(), header.destinationIdLength());
  }

  private boolean opens(Attempt attempt, LongHeader header, boolean ofClient) {
    long largest = ofClient ? attempt.largestOfClient : attempt.largestOfServer;
    if (!tools.opener.open(header, attempt.keys, ofClient, largest)) {
      return false;
    }
    long number = tools.opener.packetNumber();
    if (ofClient) {
      attempt.largestOfClient = Math.max(largest, number);
    } else {
      attempt.largestOfServer = Math.max(largest, number);
    }
    return true;
  }

  /** A new attempt, if the packet opens as a client's first. */
  private @Nullable Attempt begun(Report report, LongHeader header, boolean toServer) {
    InitialKeys keys = tools.opener.openFirst(header);
    if (keys == null) {
      return null;
    }
    Attempt attempt = attempts.add(report, new Attempt(toServer, header.version()));
    attempt.keys.copy(keys);
    attempt.largestOfClient = tools.opener.packetNumber();
    return attempt;
  }

  private void readClear(Report report, boolean toServer) {
    int version = tools.clear.version();
    facts.version(version);
    byte[] scratch = tools.scratch(tools.clear.framesLength());
    FrameCursor frames = tools.clear.frames(tools.googleFrames, scratch);
    if (!tools.clear.isClear(true)) {
      readUnsure(report, new Attempt(toServer, version), frames);
      return;
    }
    Attempt attempt = null;
    for (int i = 0; i < attempts.size(); i++) {
      Attempt known = attempts.get(i);
      if (known.toServer == toServer && known.version == version && known.isOf(tools.clear)) {
        attempt = known;
      }
    }
    if (attempt == null) {
      attempt = attempts.add(report, new Attempt(toServer, version));
      attempt.take(tools.clear);
    }
    attempt.lastUsed = datagrams;
    readFrames(report, attempt, true, frames);
  }

  /**
   * A packet whose hash is wrong is encrypted, or no server takes it that keeps to the rules: the
   * first hello that lies there whole is told, nothing is put together with others.
   */
  private void readUnsure(Report report, Attempt alone, FrameCursor frames) {
    while (hellos.count() == 0 && frames.next()) {
      if (frames.offset() == 0
          && hellos.message(
                  report, alone, true, frames.array(), frames.data(), frames.length(), false)
              > 0) {
        report.oddity("packet_hash");
      }
    }
  }

  private void readFrames(Report report, Attempt attempt, boolean ofClient, FrameCursor frames) {
    parts.read(report, attempt, ofClient, frames);
    // Google's client sends its whole hello after a server refused the first.
    finished |=
        attempt.helloSeen && attempt.serverDone && !QuicVersion.hasGoogleHandshake(attempt.version);
  }

  @Override
  public void close(Report report) {
    attempts.close();
    hellos.close(report);
  }
}
