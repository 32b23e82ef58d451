package tapwarden.inspect.equipment;

/**
 * A packet as people find it again.
 *
 * @param source the file, or the interface
 * @param number its number there, from 1
 * @param nanos its stamp, in nanoseconds since 1970
 */
public record PacketPlace(String source, long number, long nanos) {}
