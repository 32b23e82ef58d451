package tapwarden.inspect.pipeline;

/**
 * Packet time has moved on: sent to every worker at the same place in the stream, so that what time
 * causes does not depend on who saw which packet.
 *
 * @param nanos packet time in nanoseconds since 1970
 * @param beforeNumber number of the packet that follows
 * @param index number of the tick among those before that packet
 */
record Tick(long nanos, long beforeNumber, int index) {}
