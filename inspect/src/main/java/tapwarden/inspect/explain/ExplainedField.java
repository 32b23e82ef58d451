package tapwarden.inspect.explain;

import java.util.List;

/**
 * One field of a header. All texts are harmless to a terminal, whatever the packet held.
 *
 * @param name the field's name in its specification
 * @param value the value in the field's usual notation
 * @param meaning what the value says, in words; empty if the value says it all
 * @param fields parts of the field, none for most
 */
public record ExplainedField(
    String name, String value, String meaning, List<ExplainedField> fields) {
  public ExplainedField {
    fields = List.copyOf(fields);
  }
}
