package tapwarden.benchmarks;

import static tapwarden.capture.forge.Forge.ethernet;
import static tapwarden.capture.forge.Forge.gtpU;
import static tapwarden.capture.forge.Forge.ipv4;
import static tapwarden.capture.forge.Forge.ipv6;
import static tapwarden.capture.forge.Forge.payload;
import static tapwarden.capture.forge.Forge.tcp;
import static tapwarden.capture.forge.Forge.udp;
import static tapwarden.capture.forge.Forge.vlan;
import static tapwarden.capture.forge.Forge.vxlan;

import java.lang.foreign.MemorySegment;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;

/**
 * Forged Ethernet frames, the same in every run, whose kinds alternate so that no branch predictor
 * learns one shape. Payload sizes cycle through 0 to 1,400 bytes.
 */
public enum FrameMix {
  /** TCP and UDP over IPv4 and IPv6, a quarter of it tagged. */
  PLAIN,
  /** The same conversations inside GTP-U and VXLAN. */
  TUNNELLED;

  /** 2026-01-01T00:00:00Z. */
  static final long START_NANOS = 1_767_225_600_000_000_000L;

  private static final int BYTES_A_FRAME = 2_048;
  private static final String LEFT_MAC = "02:00:00:00:00:01";
  private static final String RIGHT_MAC = "02:00:00:00:00:02";

  /** The {@code index}th frame of the mix. */
  byte[] frame(int index) {
    return this == PLAIN ? plain(index) : tunnelled(index);
  }

  /** The first {@code count} frames, a microsecond apart. */
  FrameBatch batch(int count) {
    FrameBatch batch =
        new FrameBatch(count, Math.max(FrameBatch.MAX_FRAME_BYTES, count * BYTES_A_FRAME));
    for (int i = 0; i < count; i++) {
      byte[] frame = frame(i);
      batch.append(
          MemorySegment.ofArray(frame),
          0,
          frame.length,
          frame.length,
          START_NANOS + i * 1_000L,
          LinkType.ETHERNET,
          0);
    }
    batch.firstNumber(1);
    return batch;
  }

  private static byte[] plain(int i) {
    String client = "10.%d.%d.%d".formatted(i % 7, i / 250 % 250, 1 + i % 250);
    String server = "203.0.113.%d".formatted(1 + i % 250);
    String client6 = "2001:db8::%x".formatted(1 + i);
    String server6 = "2001:db8:ffff::%x".formatted(1 + i % 250);
    int port = 1_024 + i % 60_000;
    byte[] data = data(i);
    return switch (i & 7) {
      case 0, 1 ->
          Forge.frame(
              ethernet(LEFT_MAC, RIGHT_MAC), ipv4(client, server), tcp(port, 443), payload(data));
      case 2 ->
          Forge.frame(
              ethernet(LEFT_MAC, RIGHT_MAC), ipv4(client, server), udp(port, 53), payload(data));
      case 3 ->
          Forge.frame(
              ethernet(LEFT_MAC, RIGHT_MAC),
              vlan(410),
              ipv4(client, server),
              tcp(port, 80),
              payload(data));
      case 4 ->
          Forge.frame(
              ethernet(LEFT_MAC, RIGHT_MAC), ipv6(client6, server6), tcp(port, 443), payload(data));
      case 5 ->
          Forge.frame(
              ethernet(LEFT_MAC, RIGHT_MAC), ipv6(client6, server6), udp(port, 443), payload(data));
      case 6 ->
          Forge.frame(
              ethernet(LEFT_MAC, RIGHT_MAC), ipv4(server, client), tcp(443, port), payload(data));
      default ->
          Forge.frame(
              ethernet(LEFT_MAC, RIGHT_MAC),
              vlan(17),
              ipv6(client6, server6),
              udp(port, 123),
              payload(data));
    };
  }

  private static byte[] tunnelled(int i) {
    String gateway = "10.200.0.%d".formatted(1 + i % 250);
    byte[] inner = plain(i);
    return (i & 8) == 0
        ? Forge.frame(
            ethernet(LEFT_MAC, RIGHT_MAC),
            ipv4(gateway, "10.201.0.1"),
            udp(49_152 + i % 16_384, 4_789),
            vxlan(1 + i % 4_096),
            payload(inner))
        : Forge.frame(
            ethernet(LEFT_MAC, RIGHT_MAC),
            ipv4(gateway, "10.201.0.1"),
            udp(2_152, 2_152),
            gtpU(1 + i),
            ipv4("10.99.%d.%d".formatted(i / 250 % 250, 1 + i % 250), "198.51.100.7"),
            tcp(1_024 + i % 60_000, 443),
            payload(data(i)));
  }

  private static byte[] data(int i) {
    byte[] data = new byte[i * 37 % 1_400];
    for (int at = 0; at < data.length; at++) {
      data[at] = (byte) (at * 31 + i);
    }
    return data;
  }
}
