/** From a wire or a file to frames in the ring, and the account of every frame. */
@org.jspecify.annotations.NullMarked
package tapwarden.capture;
