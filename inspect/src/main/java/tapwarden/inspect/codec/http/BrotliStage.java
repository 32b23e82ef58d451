package tapwarden.inspect.codec.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.brotli.dec.BrotliInputStream;

/**
 * Decodes Brotli (RFC 7932). The decoder pulls, so the content is kept until it is whole, up to
 * {@link ContentDecoders#MOST_BROTLI_BYTES}.
 */
final class BrotliStage implements DecodingStage {
  private static final byte[] NOTHING = {};
  private static final int LEAST_BYTES = 1_024;
  private static final int DECODER_BUFFER_BYTES = 1_024;

  private final ContentDecoders owner;
  private final ContentDecoder decoder;
  private final ByteSink next;
  private final byte[] output;
  private byte[] coded = NOTHING;
  private int codedBytes;

  BrotliStage(ContentDecoders owner, ContentDecoder decoder, ByteSink next, byte[] output) {
    this.owner = owner;
    this.decoder = decoder;
    this.next = next;
    this.output = output;
  }

  @Override
  public boolean take(byte[] bytes, int from, int to) {
    int needed = codedBytes + to - from;
    if (needed > ContentDecoders.MOST_BROTLI_BYTES) {
      decoder.end(ContentDecoder.Outcome.TOO_LARGE);
      return false;
    }
    if (needed > coded.length && !grow(needed)) {
      decoder.end(ContentDecoder.Outcome.NO_ROOM);
      return false;
    }
    System.arraycopy(bytes, from, coded, codedBytes, to - from);
    codedBytes = needed;
    return true;
  }

  private boolean grow(int needed) {
    int room = Math.max(LEAST_BYTES, Integer.highestOneBit(needed - 1) << 1);
    if (!owner.budget().take(room - coded.length)) {
      return false;
    }
    coded = Arrays.copyOf(coded, room);
    return true;
  }

  @Override
  public void finish() {
    owner.brotli().earn(codedBytes);
    if (codedBytes == 0) {
      return;
    }
    if (!owner.brotli().spend(windowBytes(coded[0]))) {
      decoder.end(ContentDecoder.Outcome.NO_ROOM);
      return;
    }
    try (BrotliInputStream in =
        new BrotliInputStream(
            new ByteArrayInputStream(coded, 0, codedBytes), DECODER_BUFFER_BYTES)) {
      decode(in);
    } catch (IOException | RuntimeException damaged) {
      // The library reports most damage as IOException, some as an index out of bounds.
      decoder.end(ContentDecoder.Outcome.DAMAGED);
    }
  }

  private void decode(BrotliInputStream in) throws IOException {
    long decoded = 0;
    for (int read = in.read(output); read >= 0; read = in.read(output)) {
      decoded += read;
      if (!decoder.allows(decoded)) {
        int beyond = (int) Math.min(read, decoded - ContentDecoders.MOST_OUTPUT_BYTES);
        next.take(output, 0, read - Math.max(0, beyond));
        decoder.end(ContentDecoder.Outcome.TOO_LARGE);
        return;
      }
      if (!next.take(output, 0, read)) {
        return;
      }
    }
  }

  /** Of the window that the first byte asks for (RFC 7932 §9.1): 1 KiB to 16 MiB. */
  static long windowBytes(byte first) {
    int bits;
    if ((first & 1) == 0) {
      bits = 16;
    } else if ((first & 0x0E) != 0) {
      bits = 17 + (first >> 1 & 7);
    } else {
      int more = first >> 4 & 7;
      bits = more == 0 ? 17 : 8 + more;
    }
    return 1L << bits;
  }

  @Override
  public void close() {
    owner.budget().give(coded.length);
    coded = NOTHING;
    codedBytes = 0;
  }
}
