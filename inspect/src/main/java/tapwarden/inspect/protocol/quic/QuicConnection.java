package tapwarden.inspect.protocol.quic;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.quic.CryptoStream;
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

  /** Handshakes tried at the same time; an honest client has one, and one more after a Retry. */
  static final int MOST_ATTEMPTS = 8;

  /** Bytes of hellos that are kept in parts. */
  static final int MOST_HELD_BYTES = 64 * 1024;

  private final QuicTools tools;
  private final QuicHellos hellos;
  private final ConnectionFacts facts = new ConnectionFacts();
  private final List<Attempt> attempts = new ArrayList<>(1);
  private int datagrams;
  private int afterHello;
  private int heldBytes;
  private boolean unreadable;
  private boolean finished;

  QuicConnection(QuicTools tools) {
    this.tools = tools;
    hellos = new QuicHellos(tools, facts);
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
    long at = offset;
    for (int i = 0; i < MOST_PACKETS && at < end; i++) {
      if (!LongHeader.isLong(Bytes.u8(segment, at))) {
        return;
      }
      boolean whole = header.parse(segment, at, end);
      if (!whole) {
        report.oddity("header");
        noteVersion(header);
        return;
      }
      if (at > offset && !isOfFirst(header, offset)) {
        // RFC 9000 §12.2: an endpoint ignores it.
        report.oddity("coalesced_id");
        return;
      }
      readPacket(report, toServer, at == offset);
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

  private void readPacket(Report report, boolean toServer, boolean first) {
    LongHeader header = tools.header;
    noteVersion(header);
    switch (header.type()) {
      case VERSION_NEGOTIATION -> facts.offered(header);
      case RETRY -> facts.retry();
      case ZERO_RTT -> facts.zeroRtt();
      case HANDSHAKE -> {}
      case INITIAL -> {
        if (QuicVersion.hasProtectedInitial(header.version())) {
          readInitial(report, toServer, first);
        }
      }
    }
  }

  private void readInitial(Report report, boolean toServer, boolean first) {
    LongHeader header = tools.header;
    Attempt attempt = known(header, toServer);
    if (attempt == null && first) {
      attempt = begun(report, header, toServer);
    }
    if (attempt == null) {
      // A server's packets cannot be opened without the client's: nothing is odd about that.
      if (!unreadable && (toServer || !attempts.isEmpty())) {
        report.oddity("initial_unreadable");
        unreadable = true;
      }
      return;
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
      if ((!ofClient || !isNamed(attempt.keys, header)) && opens(attempt, header, ofClient)) {
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
    Attempt attempt = add(report, new Attempt(toServer, header.version()));
    attempt.keys.copy(keys);
    attempt.largestOfClient = tools.opener.packetNumber();
    return attempt;
  }

  private Attempt add(Report report, Attempt attempt) {
    if (attempts.size() == MOST_ATTEMPTS) {
      report.oddity("attempts_limit");
      forget(attempts.remove(leastUsed(null)));
    }
    attempts.add(attempt);
    return attempt;
  }

  /** Index of the attempt without an answer that got nothing for the longest time. */
  private int leastUsed(@Nullable Attempt butNot) {
    int least = -1;
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      boolean mayGo = attempt != butNot && (butNot == null || attempt.heldBytes() > 0);
      if (mayGo && (least < 0 || isLessUsed(attempt, attempts.get(least)))) {
        least = i;
      }
    }
    return least;
  }

  private static boolean isLessUsed(Attempt attempt, Attempt than) {
    return attempt.answered == than.answered ? attempt.lastUsed < than.lastUsed : than.answered;
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
    for (Attempt known : attempts) {
      if (known.toServer == toServer && known.version == version && known.isOf(tools.clear)) {
        attempt = known;
      }
    }
    if (attempt == null) {
      attempt = add(report, new Attempt(toServer, version));
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
    while (frames.next()) {
      if (!(ofClient ? attempt.clientDone : attempt.serverDone)) {
        readPart(report, attempt, ofClient, frames);
      }
    }
    if (frames.isBroken() && !QuicVersion.hasGoogleHandshake(attempt.version)) {
      report.oddity("frames");
    }
    // Google's client sends its whole hello after a server refused the first.
    finished |=
        attempt.helloSeen && attempt.serverDone && !QuicVersion.hasGoogleHandshake(attempt.version);
  }

  private void readPart(Report report, Attempt attempt, boolean ofClient, FrameCursor part) {
    CryptoStream stream = ofClient ? attempt.client : attempt.server;
    if (stream.isEmpty() && part.offset() == stream.base()) {
      int message =
          hellos.message(
              report, attempt, ofClient, part.array(), part.data(), part.length(), false);
      if (message > 0) {
        stream.next(message);
        return;
      }
    }
    if (!makeRoom(report, attempt, stream.growthFor(part.offset(), part.length()))) {
      report.oddity("crypto_memory");
      return;
    }
    switch (stream.add(part.offset(), part.array(), part.data(), part.length())) {
      case DIFFERS -> report.oddity("crypto_differs");
      case BEYOND_LIMIT -> report.oddity("crypto_limit");
      case YES -> {}
    }
    int message =
        hellos.message(
            report, attempt, ofClient, stream.bytes(), 0, stream.ready(), stream.isFull());
    if (message > 0 || (ofClient ? attempt.clientDone : attempt.serverDone)) {
      giveBack(stream.heldBytes());
      stream.next(message);
    }
  }

  /** Takes memory; what other attempts hold goes first where the flow's own share is used up. */
  private boolean makeRoom(Report report, Attempt attempt, int growth) {
    while (heldBytes + growth > MOST_HELD_BYTES) {
      int least = leastUsed(attempt);
      if (least < 0) {
        return false;
      }
      report.oddity("attempts_limit");
      forget(attempts.remove(least));
    }
    if (growth > 0 && !tools.memory.take(growth)) {
      return false;
    }
    heldBytes += growth;
    return true;
  }

  private void giveBack(int bytes) {
    tools.memory.give(bytes);
    heldBytes -= bytes;
  }

  private void forget(Attempt attempt) {
    giveBack(attempt.heldBytes());
  }

  @Override
  public void close(Report report) {
    for (Attempt attempt : attempts) {
      forget(attempt);
    }
    attempts.clear();
    hellos.close(report);
  }
}
