package tapwarden.inspect.codec.http;

/** Undoes one coding: takes coded bytes, and hands on what they mean. */
interface DecodingStage extends ByteSink {
  /** All bytes of the content came. */
  void finish();

  /** Gives back what it holds. */
  void close();
}
