package tapwarden.capture.source;

/**
 * A part of an input that could not be used.
 *
 * @param offset byte offset in the (decompressed) input where the damage starts; -1 if unknown
 * @param bytes how many bytes were skipped or are missing; -1 if unknown
 * @param why one sentence a person understands
 */
public record Damage(long offset, long bytes, String why) {}
