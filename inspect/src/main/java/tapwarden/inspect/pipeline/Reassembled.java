package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What a fragment made of others, for the one worker whose it is, right behind the fragment's
 * frame: a whole datagram, or the word that they contradict each other.
 *
 * @param worker whose it is
 * @param sequence place among what the frame caused
 * @param frame that of the datagram; that of the fragment if they contradict each other
 * @param ipOffset where in it the datagram begins, before which lengths mean nothing
 * @param onWire the frame that was captured; null if they contradict each other
 * @param chosen whether it is the reading to go by
 * @param level how many IP headers there are up to the fragment's
 */
record Reassembled(
    int worker,
    int sequence,
    FrameCopy frame,
    int ipOffset,
    @Nullable FrameCopy onWire,
    boolean chosen,
    int level) {}
