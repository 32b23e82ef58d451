package tapwarden.inspect.codec.http;

import java.util.ArrayDeque;

/**
 * Decodes one content, whose bytes come piece by piece, within the bounds of {@link
 * ContentDecoders}. To be closed.
 */
public final class ContentDecoder implements ByteSink {
  /** How it went so far. */
  public enum Outcome {
    /** All that came was decoded. */
    WELL,
    /** It was not coded as it said, and was handed on as it is. */
    NOT_CODED,
    /** It became too large; what was within the bounds was handed on. */
    TOO_LARGE,
    /** It is damaged, or uses more than is supported; what was readable was handed on. */
    DAMAGED,
    /** There was no room to decode it. */
    NO_ROOM
  }

  private final ArrayDeque<DecodingStage> stages = new ArrayDeque<>(ContentDecoders.MOST_NESTED);
  private Outcome outcome = Outcome.WELL;
  private long taken;

  ContentDecoder() {}

  void prepend(DecodingStage stage) {
    stages.push(stage);
  }

  @Override
  public boolean take(byte[] bytes, int from, int to) {
    taken += to - from;
    DecodingStage first = stages.peek();
    return first != null && isOpen() && first.take(bytes, from, to);
  }

  /** All bytes of the content came. */
  public void finish() {
    for (DecodingStage stage : stages) {
      if (isOpen()) {
        stage.finish();
      }
    }
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Whether what was handed on is the whole content. */
  public boolean isWhole() {
    return isOpen();
  }

  /** Gives back what it holds. */
  public void close() {
    stages.forEach(DecodingStage::close);
    stages.clear();
  }

  void end(Outcome how) {
    if (isOpen()) {
      outcome = how;
    }
  }

  /** Whether a stage may have handed on so much. */
  boolean allows(long output) {
    return output <= ContentDecoders.MOST_OUTPUT_BYTES
        && (output <= ContentDecoders.FREE_OUTPUT_BYTES
            || output <= ContentDecoders.MOST_RATIO * taken);
  }

  private boolean isOpen() {
    return outcome == Outcome.WELL || outcome == Outcome.NOT_CODED;
  }
}
