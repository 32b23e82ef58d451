/**
 * Makes frames and conversations byte by byte, the same bytes every time: for samples, self-tests
 * and test cases.
 *
 * <p>A frame is a stack of {@link tapwarden.capture.forge.Layer layers}, outermost first, made by
 * the factories of {@link tapwarden.capture.forge.Forge}; lengths, next-protocol fields and
 * checksums come out right unless a layer is told otherwise. {@link
 * tapwarden.capture.forge.Traffic} strings frames together into timed conversations.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.forge;
