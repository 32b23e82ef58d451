package tapwarden.inspect.protocol.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.tls.DtlsAssembler;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;
import tapwarden.inspect.protocol.Recognition;

/** DTLS over UDP (RFC 6347, RFC 9147). */
public final class DtlsProvider implements ProtocolProvider {
  private static final int RECORD_HEADER = 13;
  private static final int HANDSHAKE = 22;

  @Override
  public String name() {
    return "dtls";
  }

  @Override
  public List<String> eventTypes() {
    return List.of("dtls");
  }

  @Override
  public Protocol create(ProtocolContext context) {
    TlsReaders readers = new TlsReaders();
    return new Protocol() {
      @Override
      public Recognition recognise(Opening opening) {
        return DtlsProvider.recognise(opening);
      }

      @Override
      public boolean mayBegin(boolean isStream, int firstByte) {
        // Content types, and the marks of encrypted records of DTLS 1.3.
        return !isStream && (firstByte >= 20 && firstByte <= 63);
      }

      @Override
      public DatagramReader newDatagrams(@Nullable Object note) {
        return new DtlsConversation(readers, context.memory());
      }
    };
  }

  /** A record of a handshake's first epoch that begins with a known message is sure. */
  static Recognition recognise(Opening opening) {
    if (opening.isStream()
        || opening.length() <= RECORD_HEADER
        || !DtlsAssembler.isDtls(opening.segment(), opening.offset(), opening.length())) {
      return Recognition.NO;
    }
    int bytes = opening.u16(11);
    boolean fits = bytes > 0 && RECORD_HEADER + bytes <= opening.length();
    if (!fits) {
      return Recognition.NO;
    }
    boolean hello =
        opening.u8(0) == HANDSHAKE && opening.u16(3) == 0 && opening.u8(RECORD_HEADER) <= 3;
    return hello ? Recognition.YES : Recognition.LIKELY;
  }
}
