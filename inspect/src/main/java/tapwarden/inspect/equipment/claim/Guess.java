package tapwarden.inspect.equipment.claim;

/**
 * What a text says of the device whose text it is.
 *
 * @param value at most {@link ClaimTemplate#MOST_CHARS} characters beyond what the table says
 */
public record Guess(ClaimKind kind, String value) {}
