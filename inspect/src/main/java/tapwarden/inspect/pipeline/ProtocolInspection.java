package tapwarden.inspect.pipeline;

import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowTable;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.stream.StreamOptions;

/** What the frames of one worker say, in whatever they are carried. */
final class ProtocolInspection {
  private static final int TCP = 6;

  private final ProtocolReport report;
  private final ConnectionInspection connections;
  private final DatagramInspection datagrams;
  private final Recogniser recogniser;

  ProtocolInspection(
      StreamOptions options,
      int workers,
      CounterBlock counters,
      FlowTable flows,
      DnsInspection dns,
      ProtocolReport report) {
    this.report = report;
    connections = new ConnectionInspection(options, workers, counters, flows, dns, report);
    recogniser = connections.recogniser();
    datagrams =
        new DatagramInspection(
            connections.capacity(), recogniser, connections.memory(), counters, dns, report);
  }

  /** A frame without IP. */
  void frame(Packet packet) {
    if ((packet.layerSet() & recogniser.frameLayers()) == 0) {
      return;
    }
    for (int number = ProtocolRegistry.firstProvided(); number < recogniser.end(); number++) {
      Protocol protocol = recogniser.at(number);
      if ((packet.layerSet() & protocol.frameLayers()) != 0) {
        report.enterFrame(packet);
        protocol.frame(report, packet);
        report.leave();
      }
    }
  }

  /**
   * A UDP datagram that is whole, and what it did to its flow.
   *
   * @param carried whether it came in a tunnel that crosses the border
   */
  void datagram(Packet packet, Flow flow, int change, boolean carried) {
    datagrams.inspect(packet, flow, change, carried);
  }

  /** A datagram that some receivers read, while another reading of it was inspected. */
  void search(Packet packet, Flow flow, int change, boolean carried) {
    datagrams.search(packet, flow, change, carried);
  }

  /**
   * A TCP segment, and what it did to its flow.
   *
   * @param carried whether it came in a tunnel that crosses the border
   */
  void segment(Packet packet, Flow flow, int change, boolean carried) {
    connections.inspect(packet, flow, change, carried);
  }

  /** The flow was turned round: who was taken for the client is the server. */
  void turned(Flow flow) {
    if (flow.protocol() == TCP) {
      connections.turned(flow);
    } else {
      datagrams.turned(flow);
    }
  }

  /** The flow is over. */
  void end(Flow flow) {
    if (flow.protocol() == TCP) {
      connections.end(flow);
    } else {
      datagrams.end(flow);
    }
  }
}
