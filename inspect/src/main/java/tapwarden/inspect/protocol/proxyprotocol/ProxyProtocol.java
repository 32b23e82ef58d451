package tapwarden.inspect.protocol.proxyprotocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/** Tells a header by its words of text, or by the signature of its binary form and what follows. */
final class ProxyProtocol implements Protocol {
  private static final byte[][] LINES = {
    "PROXY TCP4 ".getBytes(US_ASCII),
    "PROXY TCP6 ".getBytes(US_ASCII),
    "PROXY UNKNOWN ".getBytes(US_ASCII),
    "PROXY UNKNOWN\r".getBytes(US_ASCII)
  };

  private final StreamMemory memory;

  ProxyProtocol(StreamMemory memory) {
    this.memory = memory;
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return isStream && (firstByte == 'P' || firstByte == ProxyHeader.SIGNATURE[0]);
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (!opening.isStream() || opening.length() == 0) {
      return Recognition.NO;
    }
    if (opening.u8(0) != 'P') {
      Recognition said = opening.begins(ProxyHeader.SIGNATURE);
      return said == Recognition.YES ? binary(opening) : said;
    }
    Recognition best = Recognition.NO;
    for (byte[] line : LINES) {
      Recognition said = opening.begins(line);
      best = said.compareTo(best) > 0 ? said : best;
    }
    return best;
  }

  /** Behind the signature: version 2 with a command, and a family with a transport. */
  private static Recognition binary(Opening opening) {
    if (opening.length() < ProxyHeader.SIGNATURE.length + 2) {
      return Recognition.MORE;
    }
    int command = opening.u8(ProxyHeader.SIGNATURE.length);
    int family = opening.u8(ProxyHeader.SIGNATURE.length + 1);
    boolean plausible =
        (command == ProxyHeader.LOCAL || command == ProxyHeader.PROXY)
            && family >>> 4 <= 3
            && (family & 0xF) <= 2;
    return plausible ? Recognition.YES : Recognition.NO;
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new ProxyHeaderReader(memory);
  }
}
