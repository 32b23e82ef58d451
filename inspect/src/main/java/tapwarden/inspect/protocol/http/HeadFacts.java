package tapwarden.inspect.protocol.http;

/** The facts of one head, each a part of one text. */
final class HeadFacts {
  private static final int OBJECT_BYTES = 128;

  private final byte[] text;

  /** Where each fact ends; it begins where the one before it ends. */
  private final short[] ends;

  HeadFacts(byte[] text, short[] ends) {
    this.text = text;
    this.ends = ends;
  }

  byte[] text() {
    return text;
  }

  int start(Fact fact) {
    return fact.ordinal() == 0 ? 0 : ends[fact.ordinal() - 1];
  }

  int end(Fact fact) {
    return ends[fact.ordinal()];
  }

  int length(Fact fact) {
    return end(fact) - start(fact);
  }

  boolean has(Fact fact) {
    return length(fact) > 0;
  }

  /** About what it takes in memory. */
  int bytes() {
    return OBJECT_BYTES + text.length;
  }
}
