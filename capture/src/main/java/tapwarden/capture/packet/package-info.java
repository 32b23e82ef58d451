/**
 * A frame as it was captured, and batches of frames: the unit that travels from a source to the
 * inspectors.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.packet;
