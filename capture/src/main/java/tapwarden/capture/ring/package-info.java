/**
 * The hand-over from the capture thread to the inspection workers: an LMAX Disruptor ring of frame
 * batches.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.ring;
