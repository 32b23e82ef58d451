package tapwarden.inspect.explain;

/**
 * Something that is wrong with a frame.
 *
 * @param code the malformation's public code, {@code tcp.syn.fin}
 * @param sentence what it means
 */
public record ExplainedFault(String code, String sentence) {}
