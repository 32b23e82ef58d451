package tapwarden.inspect.codec.http;

import java.util.ArrayDeque;
import java.util.List;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * One worker's decoders of contents, and what they share: inflaters, which are used again, and
 * buffers for their output. All bounds of decoding are here.
 */
public final class ContentDecoders {
  /** Codings one within the other that are undone. */
  public static final int MOST_NESTED = 2;

  /** Bytes that one content may become. */
  public static final int MOST_OUTPUT_BYTES = 1 << 20;

  /** Times its size that a content may become, beyond {@link #FREE_OUTPUT_BYTES}. */
  public static final int MOST_RATIO = 100;

  /** So much may come of any content, whatever its size. */
  public static final int FREE_OUTPUT_BYTES = 64 << 10;

  /** Inflaters in use at a time; a content that finds none is not decoded. */
  public static final int MOST_INFLATERS = 128;

  /** What an inflater takes of the budget: zlib's state and its window of 32 KiB. */
  public static final int INFLATER_BYTES = 48 << 10;

  /** Bytes of a Brotli content, which is decoded when it is whole. */
  public static final int MOST_BROTLI_BYTES = 256 << 10;

  private static final int MOST_IDLE = 8;
  private static final int OUTPUT_BYTES = 16 << 10;

  private final MemoryBudget budget;
  private final ArrayDeque<Inflater> idle = new ArrayDeque<>(MOST_IDLE);
  private final byte[][] outputs = new byte[MOST_NESTED][OUTPUT_BYTES];
  private final BrotliAllowance brotli = new BrotliAllowance();
  private int inUse;

  public ContentDecoders(MemoryBudget budget) {
    this.budget = budget;
  }

  /**
   * A decoder for one content.
   *
   * @param codings in the order in which they were applied, 1 to {@link #MOST_NESTED}
   * @return null if there is no room for it
   */
  public @Nullable ContentDecoder open(List<ContentCoding> codings, ByteSink out) {
    ContentDecoder decoder = new ContentDecoder();
    ByteSink next = out;
    for (int level = 0; level < codings.size(); level++) {
      DecodingStage stage = stage(codings.get(level), level, decoder, next);
      if (stage == null) {
        decoder.close();
        return null;
      }
      decoder.prepend(stage);
      next = stage;
    }
    return decoder;
  }

  private @Nullable DecodingStage stage(
      ContentCoding coding, int level, ContentDecoder decoder, ByteSink next) {
    if (coding == ContentCoding.BROTLI) {
      return new BrotliStage(this, decoder, next, outputs[level]);
    }
    Inflater inflater = take();
    return inflater == null
        ? null
        : new InflateStage(
            this, inflater, coding == ContentCoding.GZIP, decoder, next, outputs[level]);
  }

  private @Nullable Inflater take() {
    if (inUse == MOST_INFLATERS || !budget.take(INFLATER_BYTES)) {
      return null;
    }
    inUse++;
    Inflater inflater = idle.poll();
    return inflater == null ? new Inflater(true) : inflater;
  }

  void give(Inflater inflater) {
    inUse--;
    budget.give(INFLATER_BYTES);
    if (idle.size() < MOST_IDLE) {
      inflater.reset();
      idle.push(inflater);
    } else {
      inflater.end();
    }
  }

  MemoryBudget budget() {
    return budget;
  }

  BrotliAllowance brotli() {
    return brotli;
  }
}
