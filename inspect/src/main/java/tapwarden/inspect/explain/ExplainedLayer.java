package tapwarden.inspect.explain;

import java.util.List;

/**
 * One layer of a frame.
 *
 * @param id the layer's public name, as in {@code coverage.json}
 * @param title its name for people
 * @param offset where its header starts, in bytes from the start of the frame
 * @param length bytes of its header; 0 where the layer has none or it is too damaged to tell
 * @param fields every field, in the order of the wire
 */
public record ExplainedLayer(
    String id, String title, int offset, int length, List<ExplainedField> fields) {
  public ExplainedLayer {
    fields = List.copyOf(fields);
  }
}
