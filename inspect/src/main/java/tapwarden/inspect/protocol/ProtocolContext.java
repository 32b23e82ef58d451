package tapwarden.inspect.protocol;

import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.stream.StreamMemory;

/**
 * What a worker gives its analysers.
 *
 * @param memory the budget for what readers keep of their flows: whoever keeps more than a few
 *     hundred bytes a flow takes it from there, copes with a refusal, and gives it back
 * @param counters the worker's own
 */
public record ProtocolContext(StreamMemory memory, CounterBlock counters) {}
