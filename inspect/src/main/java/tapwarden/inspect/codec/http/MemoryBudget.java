package tapwarden.inspect.codec.http;

/** Where memory that is kept for a while is taken from, and given back to. */
public interface MemoryBudget {
  /** False if there is not so much left; nothing is taken then. */
  boolean take(int bytes);

  void give(int bytes);
}
