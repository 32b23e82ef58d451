package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowChange;
import tapwarden.inspect.protocol.dns.DnsConnection;
import tapwarden.inspect.stream.Ambiguity;
import tapwarden.inspect.stream.StreamListener;
import tapwarden.inspect.stream.StreamOptions;
import tapwarden.inspect.stream.TcpStream;
import tapwarden.inspect.stream.TcpStreams;

/**
 * Follows the connections of one worker that an analyser reads, from their first payload until it
 * has heard enough or the flow ends.
 */
final class StreamInspection implements StreamListener {
  private static final int SYN = 0x02;

  private final DnsInspection dns;
  private final TcpStreams streams;

  /** By number of the stream. */
  private final @Nullable DnsConnection[] readers;

  /** The segment at hand. */
  private @Nullable Packet packet;

  StreamInspection(StreamOptions options, int workers, CounterBlock counters, DnsInspection dns) {
    this.dns = dns;
    streams = new TcpStreams(options, workers, counters, this);
    readers = new DnsConnection[streams.capacity()];
  }

  /**
   * A TCP segment, and what it did to its flow.
   *
   * @param carried whether it came in a tunnel that crosses the border
   */
  void inspect(Packet segment, Flow flow, int change, boolean carried) {
    boolean toServer = (change & FlowChange.TO_SERVER) != 0;
    int slot = flow.stream();
    if (slot < 0) {
      if (!DnsInspection.concerns(segment) || flow.isStreamOver()) {
        return;
      }
      if ((change & FlowChange.FIRST_PAYLOAD) != 0) {
        slot = open(segment, flow, toServer);
      }
      if (slot < 0) {
        // There is no room to wait for anything: what is whole in one segment is read all the same.
        dns.inspect(segment, flow, toServer, carried);
        return;
      }
    }
    TcpStream stream = streams.at(slot);
    packet = segment;
    dns.enter(flow, toServer, carried);
    streams.segment(stream, segment, toServer);
    dns.leave();
    packet = null;
    if (stream.isOver()) {
      end(flow);
    }
  }

  private int open(Packet segment, Flow flow, boolean toServer) {
    TcpStream stream = streams.open();
    if (stream == null) {
      return -1;
    }
    int first =
        flow.isSequenceMissing(toServer)
            ? flow.missingSequence(toServer)
            : (int) segment.tcpSequence() + ((segment.tcpFlags() & SYN) != 0 ? 1 : 0);
    streams.begin(stream, toServer, first);
    if (flow.knowsSequence(!toServer)) {
      streams.begin(stream, !toServer, flow.nextSequence(!toServer));
    }
    readers[stream.slot()] = dns.reader(streams.memory());
    flow.stream(stream.slot());
    return stream.slot();
  }

  /** The flow is over, or nobody wants to read it any more. */
  void end(Flow flow) {
    int slot = flow.stream();
    if (slot >= 0) {
      DnsConnection reader = readers[slot];
      if (reader != null) {
        reader.close();
      }
      readers[slot] = null;
      streams.close(streams.at(slot));
      flow.stream(-1);
      flow.streamOver();
    }
  }

  @Override
  public boolean data(
      TcpStream stream, boolean toServer, MemorySegment segment, long offset, int length) {
    DnsConnection reader = readers[stream.slot()];
    Packet at = packet;
    return reader != null && at != null && reader.data(at, toServer, segment, offset, length);
  }

  @Override
  public boolean gap(TcpStream stream, boolean toServer, long bytes) {
    DnsConnection reader = readers[stream.slot()];
    return reader != null && reader.gap(toServer, bytes);
  }

  @Override
  public void ambiguous(
      TcpStream stream,
      boolean toServer,
      Ambiguity kind,
      long position,
      MemorySegment segment,
      long offset,
      int length) {
    // Counted; which reading went on is for the policy to say.
  }

  @Override
  public void alternative(
      TcpStream stream,
      boolean toServer,
      long position,
      MemorySegment segment,
      long offset,
      int length) {
    // A name in an answer that the client may not have read proves nothing.
  }
}
