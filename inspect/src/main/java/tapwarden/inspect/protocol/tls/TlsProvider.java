package tapwarden.inspect.protocol.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;

/** TLS over TCP, from SSL 2's form of the first hello to TLS 1.3. */
public final class TlsProvider implements ProtocolProvider {
  @Override
  public String name() {
    return "tls";
  }

  @Override
  public List<String> eventTypes() {
    return List.of("tls");
  }

  @Override
  public Protocol create(ProtocolContext context) {
    TlsReaders readers = new TlsReaders();
    return new Protocol() {
      @Override
      public Recognition recognise(Opening opening) {
        return opening.isStream() ? TlsOpening.recognise(opening) : Recognition.NO;
      }

      @Override
      public boolean mayBegin(boolean isStream, int firstByte) {
        return isStream && TlsOpening.mayBegin(firstByte);
      }

      @Override
      public StreamReader newStream(@Nullable Object note) {
        return new TlsConnection(readers, context.memory());
      }
    };
  }
}
