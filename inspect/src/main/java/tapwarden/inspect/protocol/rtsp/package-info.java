/**
 * RTSP (RFC 2326, RFC 7826), by which cameras and recorders are asked for their streams: {@code
 * rtsp} events, and what servers, players and locks say of the devices that they are.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.rtsp;
