package tapwarden.inspect.protocol.http;

import tapwarden.inspect.codec.file.FileDigests;
import tapwarden.inspect.codec.http.ContentDecoders;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.codec.http.MemoryBudget;
import tapwarden.inspect.codec.http.StartLine;
import tapwarden.inspect.stream.StreamMemory;

/** What the connections of one worker share: views, buffers, and the pools. */
final class HttpWorker {
  /** Bytes of a segment that are looked at in one go. */
  static final int WINDOW_BYTES = 16 << 10;

  final StreamMemory memory;

  /** How much of a direction is seen. */
  final long depthBytes;

  final byte[] window = new byte[WINDOW_BYTES];
  final StartLine line = new StartLine();
  final HttpHead head = new HttpHead();
  final FactsReader facts = new FactsReader();
  final Framing framing = new Framing();
  final Authority authority = new Authority();
  final FileDigests digests;
  final ContentDecoders decoders;

  HttpWorker(StreamMemory memory, long depthBytes) {
    this.memory = memory;
    this.depthBytes = depthBytes;
    digests = new FileDigests(memory);
    decoders =
        new ContentDecoders(
            new MemoryBudget() {
              @Override
              public boolean take(int bytes) {
                return memory.take(bytes);
              }

              @Override
              public void give(int bytes) {
                memory.give(bytes);
              }
            });
  }
}
