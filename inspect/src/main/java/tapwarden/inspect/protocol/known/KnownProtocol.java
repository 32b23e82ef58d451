package tapwarden.inspect.protocol.known;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;

/**
 * A protocol that is known by name alone; its connections are only watched for TLS that begins in
 * them. It keeps nothing, so that one object serves all workers.
 */
abstract class KnownProtocol implements ProtocolProvider, Protocol {
  /** What carries the protocol. */
  enum Carrier {
    TCP,
    UDP,
    BOTH;

    boolean isFor(boolean stream) {
      return this == BOTH || stream == (this == TCP);
    }
  }

  private final String word;
  private final Carrier carrier;
  private final FirstBytes first;

  KnownProtocol(String word, Carrier carrier, FirstBytes first) {
    this.word = word;
    this.carrier = carrier;
    this.first = first;
  }

  @Override
  public final String name() {
    return word;
  }

  @Override
  public final Protocol create(ProtocolContext context) {
    return this;
  }

  @Override
  public final Recognition recognise(Opening opening) {
    if (opening.length() == 0 || !carrier.isFor(opening.isStream())) {
      return Recognition.NO;
    }
    Recognition said = look(opening);
    // Nothing follows a datagram.
    return said == Recognition.MORE && !opening.isStream() ? Recognition.NO : said;
  }

  @Override
  public final StreamReader newStream(@Nullable Object note) {
    return new TlsUpgrade();
  }

  @Override
  public final boolean mayBegin(boolean isStream, int firstByte) {
    return carrier.isFor(isStream) && first.has(firstByte);
  }

  /** The same for at least one byte, of a carrier that it comes in. */
  abstract Recognition look(Opening opening);

  /** {@link Recognition#LIKELY} on one of those ports, NO elsewhere. */
  static Recognition likelyOn(Opening opening, int... ports) {
    for (int port : ports) {
      if (opening.isPort(port)) {
        return Recognition.LIKELY;
      }
    }
    return Recognition.NO;
  }

  static Recognition yesIf(boolean holds) {
    return holds ? Recognition.YES : Recognition.NO;
  }

  static int u16LittleEndian(Opening opening, int at) {
    return opening.u8(at) | opening.u8(at + 1) << 8;
  }

  static long u32LittleEndian(Opening opening, int at) {
    return Integer.reverseBytes((int) opening.u32(at)) & 0xFFFF_FFFFL;
  }
}
