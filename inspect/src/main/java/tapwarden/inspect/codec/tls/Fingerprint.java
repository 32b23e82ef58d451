package tapwarden.inspect.codec.tls;

/**
 * A JA3 or JA3S fingerprint.
 *
 * @param text the numbers it is made of
 * @param hash MD5 of the text, 32 lower-case hexadecimal digits
 */
public record Fingerprint(String text, String hash) {}
