package tapwarden.inspect.codec.http;

/** Takes bytes one piece after the other; they may be gone after the call. */
@FunctionalInterface
public interface ByteSink {
  /**
   * The next bytes.
   *
   * @return false if no more are wanted
   */
  boolean take(byte[] bytes, int from, int to);
}
