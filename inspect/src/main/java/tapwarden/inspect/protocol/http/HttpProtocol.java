package tapwarden.inspect.protocol.http;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.Ascii;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;

/** One worker's HTTP. */
final class HttpProtocol implements Protocol {
  private final HttpOpening opening = new HttpOpening();
  private final HttpWorker worker;

  HttpProtocol(ProtocolContext context) {
    worker = new HttpWorker(context.memory(), context.depthBytes());
  }

  @Override
  public Recognition recognise(Opening first) {
    return first.isStream() ? opening.recognise(first) : Recognition.NO;
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    byte first = (byte) firstByte;
    return isStream && (Ascii.isToken(first) || first == '\r' || first == '\n');
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new HttpConnection(worker);
  }
}
