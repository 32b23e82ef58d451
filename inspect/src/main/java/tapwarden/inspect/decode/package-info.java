/**
 * From a frame to a Packet: walks the layers, keeps what is good above a broken one, counts each
 * malformation.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.decode;
