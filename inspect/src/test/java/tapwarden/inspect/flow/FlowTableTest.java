package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.SyntheticPacket;
import tapwarden.inspect.flow.FlowSnapshot.End;
import tapwarden.inspect.flow.FlowSnapshot.State;

class FlowTableTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long T0 = 1_700_000_000L * SECOND;
  private static final String CAMERA = "192.168.1.20";
  private static final String REMOTE = "203.0.113.9";
  private static final int SYN = 0x02;
  private static final int SYN_ACK = 0x12;
  private static final int ACK = 0x10;
  private static final int PSH_ACK = 0x18;
  private static final int FIN_ACK = 0x11;
  private static final int RST = 0x04;

  private final EndedFlows ended = new EndedFlows();
  private final FlowTable table = ended.table(100);
  private final SyntheticPacket packets = new SyntheticPacket();

  private int tcpToServer(long at, int flags, int payload) {
    packets.next(at).ip(CAMERA, REMOTE).tcp(40_000, 443, flags).payload(payload);
    return table.update(packets.packet());
  }

  private int tcpToClient(long at, int flags, int payload) {
    packets.next(at).ip(REMOTE, CAMERA).tcp(443, 40_000, flags).payload(payload);
    return table.update(packets.packet());
  }

  private int udp(long at, String from, int fromPort, String to, int toPort) {
    packets.next(at).ip(from, to).udp(fromPort, toPort).payload(10);
    return table.update(packets.packet());
  }

  private static boolean has(int change, int bit) {
    return (change & bit) != 0;
  }

  @Test
  void followsAConnectionFromSynToFin() {
    int syn = tcpToServer(T0, SYN, 0);
    assertThat(syn).isEqualTo(FlowChange.FLOW | FlowChange.NEW | FlowChange.TO_SERVER);
    int synAck = tcpToClient(T0 + 1, SYN_ACK, 0);
    assertThat(synAck).isEqualTo(FlowChange.FLOW);
    int ack = tcpToServer(T0 + 2, ACK, 0);
    assertThat(ack).isEqualTo(FlowChange.FLOW | FlowChange.TO_SERVER | FlowChange.ESTABLISHED);
    assertThat(has(tcpToServer(T0 + 3, PSH_ACK, 100), FlowChange.FIRST_PAYLOAD)).isTrue();
    assertThat(has(tcpToClient(T0 + 4, PSH_ACK, 200), FlowChange.DATA)).isTrue();
    assertThat(has(tcpToServer(T0 + 5, FIN_ACK, 0), FlowChange.CLOSED)).isFalse();
    assertThat(has(tcpToClient(T0 + 6, FIN_ACK, 0), FlowChange.CLOSED)).isTrue();
    FlowSnapshot flow = table.flow().snapshot(null);
    assertThat(flow.state()).isEqualTo(State.CLOSED);
    assertThat(flow.clientPort()).isEqualTo(40_000);
    assertThat(flow.serverPort()).isEqualTo(443);
    assertThat(flow.packetsToServer()).isEqualTo(4);
    assertThat(flow.packetsToClient()).isEqualTo(3);
    // 60 bytes of headers a packet, 100 and 200 of payload
    assertThat(flow.bytesToServer()).isEqualTo(340);
    assertThat(flow.bytesToClient()).isEqualTo(380);
    assertThat(flow.tcpFlagsToServer()).isEqualTo(SYN | PSH_ACK | FIN_ACK);
    assertThat(flow.tcpFlagsToClient()).isEqualTo(SYN_ACK | PSH_ACK | FIN_ACK);
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void takesTheReceiverOfASynAckForTheClientWhenTheMirrorShowsItFirst() {
    assertThat(has(tcpToClient(T0, SYN_ACK, 0), FlowChange.TO_SERVER)).isFalse();
    int syn = tcpToServer(T0 + 1, SYN, 0);
    assertThat(has(syn, FlowChange.TO_SERVER)).isTrue();
    assertThat(has(syn, FlowChange.DIRECTION_FLIPPED)).isFalse();
    assertThat(table.flow().clientPort()).isEqualTo(40_000);
  }

  @Test
  void turnsTheFlowRoundWhenALateSynShowsTheClient() {
    packets.next(T0).ip(REMOTE, CAMERA).tcp(9_000, 40_000, PSH_ACK).payload(5);
    table.update(packets.packet());
    assertThat(table.flow().clientPort()).isEqualTo(9_000);
    packets.next(T0 + 1).ip(CAMERA, REMOTE).tcp(40_000, 9_000, SYN).payload(0);
    int change = table.update(packets.packet());
    assertThat(has(change, FlowChange.DIRECTION_FLIPPED)).isTrue();
    assertThat(has(change, FlowChange.TO_SERVER)).isTrue();
    assertThat(table.flow().clientPort()).isEqualTo(40_000);
    assertThat(table.flow().packetsToClient()).isEqualTo(1);
    assertThat(table.flow().bytesToClient()).isEqualTo(65);
  }

  @Test
  void takesAMidstreamAnswerFromAWellKnownPortForTheServers() {
    assertThat(has(tcpToClient(T0, PSH_ACK, 10), FlowChange.TO_SERVER)).isFalse();
    assertThat(table.flow().serverPort()).isEqualTo(443);
  }

  @Test
  void takesTheFirstUdpSenderForTheClientWhateverItsPort() {
    assertThat(has(udp(T0, REMOTE, 53, CAMERA, 5_000), FlowChange.TO_SERVER)).isTrue();
    assertThat(table.flow().clientPort()).isEqualTo(53);
  }

  @Test
  void callsAMidstreamConnectionEstablishedWhenBothSidesAcknowledged() {
    assertThat(has(tcpToServer(T0, PSH_ACK, 10), FlowChange.ESTABLISHED)).isFalse();
    assertThat(has(tcpToClient(T0 + 1, ACK, 0), FlowChange.ESTABLISHED)).isTrue();
  }

  @Test
  void neverTakesAHandshakeWithoutTheClientsAckForEstablished() {
    tcpToServer(T0, SYN, 0);
    tcpToClient(T0 + 1, SYN_ACK, 0);
    tcpToServer(T0 + 2, SYN, 0);
    assertThat(table.flow().state()).isEqualTo(State.NEW);
  }

  @Test
  void closesOnAReset() {
    tcpToServer(T0, SYN, 0);
    assertThat(has(tcpToClient(T0 + 1, RST | ACK, 0), FlowChange.CLOSED)).isTrue();
  }

  @Test
  void beginsANewFlowWithASynOnAClosedOne() {
    tcpToServer(T0, SYN, 0);
    tcpToClient(T0 + 1, RST | ACK, 0);
    int change = tcpToServer(T0 + 50_000_000, SYN, 0);
    assertThat(has(change, FlowChange.REUSED)).isTrue();
    assertThat(has(change, FlowChange.NEW)).isTrue();
    assertThat(ended.ended).hasSize(1);
    assertThat(ended.ended.getFirst().end()).isEqualTo(End.TCP_REUSE);
    assertThat(ended.ended.getFirst().packetsToServer()).isEqualTo(1);
    assertThat(table.flow().packetsToServer()).isEqualTo(1);
    assertThat(table.flow().startNumber()).isEqualTo(3);
    assertThat(table.flow().flowId()).isNotEqualTo(ended.ended.getFirst().flowId());
  }

  @Test
  void saysNothingOfPacketsWithoutIp() {
    packets.next(T0);
    assertThat(table.update(packets.packet())).isZero();
    assertThat(table.size()).isZero();
  }

  @Test
  void neverTakesAMappedAddressForTheIpv4Address() {
    packets.next(T0).ip(4, 0, 1, 0, 2).udp(1, 2);
    table.update(packets.packet());
    packets.next(T0).ip(6, 0, 1, 0, 2).udp(1, 2);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isTrue();
    packets.next(T0).ip("::ffff:10.0.0.1", "::ffff:10.0.0.2").udp(1, 2);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isTrue();
    packets.next(T0).ip("10.0.0.1", "10.0.0.2").udp(1, 2);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isTrue();
    assertThat(table.size()).isEqualTo(4);
  }

  @Test
  void keepsVlansAndTunnelsApartUnlessToldNotTo() {
    for (EndedFlows flows : new EndedFlows[] {new EndedFlows()}) {
      FlowTable apart = flows.table(100);
      FlowOptions together = new FlowOptions(100, false, false, 60, 600, 10, 30, 300, 60);
      FlowTable one = flows.table(together, 100, 1);
      for (int vlan : new int[] {1, 2}) {
        for (int teid : new int[] {7, 8}) {
          packets.next(T0).ip(CAMERA, REMOTE).udp(1, 2).vlans(vlan).tunnel(Layer.VXLAN, teid);
          apart.update(packets.packet());
          one.update(packets.packet());
        }
      }
      assertThat(apart.size()).isEqualTo(4);
      assertThat(apart.flow().snapshot(null).vlans()).containsExactly(2);
      assertThat(apart.flow().snapshot(null).tunnelId()).isEqualTo(8);
      assertThat(one.size()).isEqualTo(1);
    }
  }

  @Test
  void joinsTheDirectionsOfATunnelWhoseSidesChooseTheirOwnIds() {
    packets.next(T0).ip(CAMERA, REMOTE).udp(1, 2).tunnel(Layer.GTP, 7).outer(10, 20);
    table.update(packets.packet());
    packets.next(T0).ip(REMOTE, CAMERA).udp(2, 1).tunnel(Layer.GTP, 8).outer(20, 10);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isFalse();
    assertThat(table.flow().isUserPlane()).isTrue();
    assertThat(table.flow().tunnelId()).isZero();
    packets.next(T0).ip(REMOTE, CAMERA).udp(2, 1).tunnel(Layer.GTP, 8).outer(30, 10);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isTrue();
  }

  @Test
  void pairsEchoRequestAndReplyByIdentifier() {
    packets.next(T0).ip(CAMERA, REMOTE).icmp(8, 0, 77);
    table.update(packets.packet());
    packets.next(T0).ip(REMOTE, CAMERA).icmp(0, 0, 77);
    int reply = table.update(packets.packet());
    assertThat(has(reply, FlowChange.NEW)).isFalse();
    assertThat(has(reply, FlowChange.ESTABLISHED)).isTrue();
    assertThat(table.flow().clientPort()).isEqualTo(8);
    packets.next(T0).ip(CAMERA, REMOTE).icmp(8, 0, 78);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isTrue();
    packets.next(T0).ip(REMOTE, CAMERA).icmp(3, 1, 0);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isTrue();
    assertThat(table.flow().serverPort()).isEqualTo(1);
  }

  @Test
  void keysFragmentsAndPortlessProtocolsWithPortsZero() {
    packets.next(T0).ip(CAMERA, REMOTE).fragment(17);
    table.update(packets.packet());
    assertThat(table.flow().clientPort()).isZero();
    packets.next(T0).ip(REMOTE, CAMERA).fragment(17);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isFalse();
    packets.next(T0).ip(REMOTE, CAMERA).protocol(47);
    assertThat(has(table.update(packets.packet()), FlowChange.NEW)).isTrue();
    assertThat(table.flow().protocol()).isEqualTo(47);
  }

  @Test
  void endsIdleFlowsAtTheFirstTickBeyondTheTimeout() {
    table.advance(T0);
    udp(T0, CAMERA, 5_000, REMOTE, 53);
    udp(T0 + SECOND / 2, CAMERA, 5_001, REMOTE, 53);
    table.advance(T0 + 30 * SECOND);
    assertThat(ended.ended).isEmpty();
    table.advance(T0 + 30 * SECOND + 1);
    assertThat(ended.ended).extracting(FlowSnapshot::clientPort).containsExactly(5_000);
    table.advance(T0 + 31 * SECOND);
    assertThat(ended.ended).extracting(FlowSnapshot::clientPort).containsExactly(5_000, 5_001);
    assertThat(ended.ended).extracting(FlowSnapshot::end).containsOnly(End.TIMEOUT);
    assertThat(table.size()).isZero();
  }

  @Test
  void keepsAFlowAliveThatGoesOnTalking() {
    table.advance(T0);
    for (int i = 0; i <= 100; i++) {
      table.advance(T0 + i * 20 * SECOND);
      udp(T0 + i * 20 * SECOND, CAMERA, 5_000, REMOTE, 53);
    }
    assertThat(ended.ended).isEmpty();
    assertThat(table.flow().packetsToServer()).isEqualTo(101);
  }

  @Test
  void givesEachStateItsOwnTimeout() {
    table.advance(T0);
    tcpToServer(T0, SYN, 0);
    tcpToClient(T0, SYN_ACK, 0);
    tcpToServer(T0, ACK, 0);
    table.advance(T0 + 600 * SECOND);
    assertThat(ended.ended).isEmpty();
    tcpToServer(T0 + 600 * SECOND, RST, 0);
    table.advance(T0 + 610 * SECOND);
    assertThat(ended.ended).isEmpty();
    table.advance(T0 + 611 * SECOND);
    assertThat(ended.ended).hasSize(1);
  }

  @Test
  void splitsAFlowAtAGapBeyondTheTimeoutEvenWithoutATick() {
    udp(T0, CAMERA, 5_000, REMOTE, 53);
    int change = udp(T0 + 31 * SECOND, CAMERA, 5_000, REMOTE, 53);
    assertThat(has(change, FlowChange.REUSED)).isTrue();
    assertThat(ended.ended).extracting(FlowSnapshot::end).containsExactly(End.TIMEOUT);
  }

  @Test
  void doesNotExpireEnMasseWhenStampsAreZeroOrJumpBack() {
    table.advance(T0);
    udp(T0, CAMERA, 5_000, REMOTE, 53);
    udp(0, CAMERA, 5_001, REMOTE, 53);
    udp(0, CAMERA, 5_000, REMOTE, 53);
    udp(T0 + SECOND, CAMERA, 5_000, REMOTE, 53);
    udp(T0 - 3_600 * SECOND, CAMERA, 5_000, REMOTE, 53);
    udp(T0 + 2 * SECOND, CAMERA, 5_001, REMOTE, 53);
    table.advance(T0 + 2 * SECOND);
    assertThat(ended.ended).isEmpty();
    assertThat(table.size()).isEqualTo(2);
    table.advance(T0 + 33 * SECOND);
    assertThat(ended.ended).hasSize(2);
  }

  @Test
  void expiresFlowsOfAFutureThatTheClockSteppedBackFrom() {
    table.advance(T0);
    udp(T0, CAMERA, 5_000, REMOTE, 53);
    long earlier = T0 - 86_400 * SECOND;
    table.advance(earlier);
    assertThat(ended.ended).isEmpty();
    for (int s = 1; s <= 1_100; s++) {
      table.advance(earlier + s * SECOND);
    }
    assertThat(ended.ended).hasSize(1);
  }

  @Test
  void endsFlowsInTheOrderTheyBegan() {
    for (int port = 0; port < 50; port++) {
      udp(T0 + port, CAMERA, 1_000 + port * 7_919 % 50, REMOTE, 53);
    }
    table.endAll(End.SHUTDOWN);
    assertThat(ended.ended).extracting(FlowSnapshot::startNumber).isSorted();
    assertThat(ended.ended).hasSize(50);
    assertThat(table.size()).isZero();
  }

  @Test
  void givesUpHalfOpenFlowsOfNobodyFirstAndEquipmentLast() {
    FlowTable small = ended.table(4);
    packets.next(T0).ip(CAMERA, REMOTE).udp(1, 53);
    small.update(packets.packet());
    small.flow().ownerPriority(1);
    packets.next(T0).ip("10.0.0.1", "10.0.0.2").udp(2, 53);
    small.update(packets.packet());
    packets.next(T0).ip("10.0.0.2", "10.0.0.1").udp(53, 2);
    small.update(packets.packet());
    for (int port = 100; port < 110; port++) {
      packets.next(T0).ip("10.0.0.3", "10.0.0.4").udp(port, 53);
      small.update(packets.packet());
    }
    assertThat(ended.ended)
        .extracting(FlowSnapshot::clientPort)
        .containsExactly(100, 101, 102, 103, 104, 105, 106, 107);
    assertThat(ended.ended).extracting(FlowSnapshot::end).containsOnly(End.FORCED);
    assertThat(ended.counters.get(Counter.FLOWS_EVICTED)).isEqualTo(8);
    small.endAll(End.SHUTDOWN);
    assertThat(ended.ended).extracting(FlowSnapshot::clientPort).contains(1, 2);
  }

  @Test
  void keepsWhatTheUserOfTheTableNotes() {
    tcpToServer(T0, SYN, 0);
    assertThat(table.flow().ownerIndex()).isEqualTo(-1);
    assertThat(table.flow().attachment()).isEqualTo(-1);
    table.flow().ownerIndex(12);
    table.flow().attachment(34);
    table.flow().userFlags(Flow.ALERTED | 0x80);
    tcpToClient(T0, SYN_ACK, 0);
    assertThat(table.flow().ownerIndex()).isEqualTo(12);
    assertThat(table.flow().attachment()).isEqualTo(34);
    assertThat(table.flow().userFlags()).isEqualTo(0x81);
    assertThat(table.flow().snapshot(null).alerted()).isTrue();
  }

  private int segment(long at, long sequence, int payload, int identification, int checksum) {
    packets.next(at).ip(CAMERA, REMOTE).tcp(40_000, 443, PSH_ACK).payload(payload);
    packets.sequence(sequence, 1).identification(identification).checksum(checksum);
    return table.update(packets.packet());
  }

  @Test
  void countsAFrameThatTheMirrorDeliversTwice() {
    segment(T0, 1_000, 100, 7, 0xBEEF);
    assertThat(has(segment(T0 + 50_000, 1_000, 100, 7, 0xBEEF), FlowChange.DUPLICATE)).isTrue();
    assertThat(ended.counters.get(Counter.DUPLICATE_FRAMES)).isEqualTo(1);
    assertThat(ended.counters.get(Counter.REORDERED_FRAMES)).isZero();
  }

  @Test
  void neverTakesARetransmissionForADuplicate() {
    segment(T0, 1_000, 100, 7, 0xBEEF);
    assertThat(has(segment(T0 + 1_000, 1_000, 100, 8, 0xBEEF), FlowChange.DUPLICATE)).isFalse();
    assertThat(has(segment(T0 + 20_000_000, 1_000, 100, 8, 0xBEEF), FlowChange.DUPLICATE))
        .isFalse();
    segment(T0 + 30_000_000, 1_100, 0, 0, 0xBEEF);
    assertThat(has(segment(T0 + 30_000_001, 1_100, 0, 0, 0xBEEF), FlowChange.DUPLICATE)).isFalse();
  }

  @Test
  void countsSegmentsThatTheMirrorDeliversOutOfOrder() {
    segment(T0, 1_000, 100, 1, 1);
    segment(T0 + 100_000, 1_200, 100, 3, 3);
    assertThat(has(segment(T0 + 150_000, 1_100, 100, 2, 2), FlowChange.REORDERED)).isTrue();
    assertThat(has(segment(T0 + 200_000, 1_300, 100, 4, 4), FlowChange.REORDERED)).isFalse();
    assertThat(ended.counters.get(Counter.REORDERED_FRAMES)).isEqualTo(1);
  }

  @Test
  void neverTakesALateRetransmissionForReordering() {
    segment(T0, 1_000, 100, 1, 1);
    segment(T0 + 100_000, 1_200, 100, 3, 3);
    assertThat(has(segment(T0 + 200_000_000, 1_100, 100, 4, 2), FlowChange.REORDERED)).isFalse();
    assertThat(has(segment(T0 + 200_000_001, 1_200, 100, 5, 2), FlowChange.REORDERED)).isFalse();
  }

  @Test
  void saysWhichFlowsTheMirrorShowsOneSideOf() {
    tcpToServer(T0, SYN, 0);
    tcpToServer(T0 + 1, ACK, 0);
    // An unanswered SYN is no fault of the mirror.
    packets.next(T0).ip(CAMERA, REMOTE).tcp(40_001, 443, SYN);
    table.update(packets.packet());
    packets.next(T0 + SECOND).ip(CAMERA, REMOTE).tcp(40_001, 443, SYN);
    table.update(packets.packet());
    table.endAll(End.SHUTDOWN);
    assertThat(ended.ended).extracting(FlowSnapshot::oneSided).containsExactly(true, false);
    assertThat(ended.counters.get(Counter.ONE_SIDED_FLOWS)).isEqualTo(1);
  }
}
