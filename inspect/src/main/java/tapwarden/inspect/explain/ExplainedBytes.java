package tapwarden.inspect.explain;

import java.util.List;

/**
 * Bytes that no layer explains.
 *
 * @param title what they are: data, or what follows the data
 * @param offset where they start, in bytes from the start of the frame
 * @param length how many they are
 * @param dump the first of them, 16 a line: offset, hexadecimal, ASCII
 */
public record ExplainedBytes(String title, int offset, int length, List<String> dump) {
  public ExplainedBytes {
    dump = List.copyOf(dump);
  }
}
