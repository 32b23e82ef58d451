package tapwarden.inspect.protocol.quic;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.quic.ClearPacket;
import tapwarden.inspect.codec.quic.InitialOpener;
import tapwarden.inspect.codec.quic.LongHeader;
import tapwarden.inspect.codec.quic.QuicVersion;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;

/**
 * One worker's QUIC. Sure of a datagram whose Initial packet opens with the keys that follow from
 * its own identifier, whatever its version is called, and of one of Google's whose hash is right; a
 * well-formed long header of a version that is known, as a server's first packet has, is likely. A
 * short header says nothing.
 */
final class QuicProtocol implements Protocol {
  /**
   * A client chooses at least so many bytes for the identifier of its first packet (RFC 9000 §7.2).
   */
  private static final int LEAST_FIRST_ID = 8;

  private final QuicTools tools;
  private final LongHeader header = new LongHeader();
  private final ClearPacket clear = new ClearPacket();

  QuicProtocol(ProtocolContext context) {
    tools = new QuicTools(context.memory());
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.isStream() || opening.length() < LongHeader.LEAST_BYTES) {
      return Recognition.NO;
    }
    if (!LongHeader.isLong(opening.u8(0)) || QuicVersion.hasClearLongHeader((int) opening.u32(1))) {
      return clear(opening);
    }
    long end = opening.offset() + opening.length();
    boolean whole = header.parse(opening.segment(), opening.offset(), end);
    if (!header.hasIds()) {
      return Recognition.NO;
    }
    return switch (header.type()) {
      case VERSION_NEGOTIATION ->
          likelyIf(whole && header.versionCount() > 0 && header.offersKnownVersion());
      case INITIAL -> whole ? initial() : likelyIf(isKnownFirst());
      default -> likelyIf(whole && header.isFixed() && QuicVersion.isKnown(header.version()));
    };
  }

  private Recognition clear(Opening opening) {
    if (!clear.parse(opening.segment(), opening.offset(), opening.length())) {
      return Recognition.NO;
    }
    boolean sure = clear.isClear(true) || clear.isClear(false);
    return sure ? Recognition.YES : Recognition.LIKELY;
  }

  private static Recognition likelyIf(boolean holds) {
    return holds ? Recognition.LIKELY : Recognition.NO;
  }

  /** Whether a packet that was captured in part can be a client's first. */
  private boolean isKnownFirst() {
    return QuicVersion.isKnown(header.version())
        && header.isFixed()
        && header.destinationIdLength() >= LEAST_FIRST_ID;
  }

  private Recognition initial() {
    boolean known = QuicVersion.isKnown(header.version());
    boolean mayBeFirst = header.isFixed() && header.destinationIdLength() >= LEAST_FIRST_ID;
    InitialOpener opener = tools.opener;
    if ((known || mayBeFirst)
        && QuicVersion.hasProtectedInitial(header.version())
        && opener.openFirst(header) != null) {
      return Recognition.YES;
    }
    return likelyIf(known && header.isFixed());
  }

  @Override
  public DatagramReader newDatagrams(@Nullable Object note) {
    return new QuicConnection(tools);
  }
}
