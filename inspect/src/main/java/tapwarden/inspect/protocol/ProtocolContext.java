package tapwarden.inspect.protocol;

import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.stream.StreamOptions;

/**
 * What a worker gives its analysers.
 *
 * @param memory the budget for what readers keep of their flows: whoever keeps more than a few
 *     hundred bytes a flow takes it from there, copes with a refusal, and gives it back
 * @param counters the worker's own
 * @param depthBytes how much of a direction of a connection readers get to see
 */
public record ProtocolContext(StreamMemory memory, CounterBlock counters, long depthBytes) {
  /** With the depth that holds when the configuration says nothing. */
  public ProtocolContext(StreamMemory memory, CounterBlock counters) {
    this(memory, counters, StreamOptions.DEFAULT.depthBytes());
  }
}
