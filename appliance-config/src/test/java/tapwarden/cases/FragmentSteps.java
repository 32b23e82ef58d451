package tapwarden.cases;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tapwarden.capture.forge.DnsMessage;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.ForgedFrame;
import tapwarden.capture.forge.Host;
import tapwarden.capture.forge.Ipv4;
import tapwarden.capture.forge.Layer;

/** The steps {@code cut} and {@code pieces} of a {@link ForgeScript}. */
final class FragmentSteps {
  private static final int ETHERNET = 14;
  private static final int UDP = 17;

  private record Cut(int bytes, boolean backward) {}

  /** By the frame's very array. */
  private final Map<byte[], Cut> cuts = new IdentityHashMap<>();

  private int lastId = 40_000;

  void mark(ForgedFrame frame, String[] w) {
    cuts.put(frame.bytes(), new Cut(Integer.parseInt(w[1]), w[2].equals("backward")));
  }

  /** The frame, or its fragments. */
  List<ForgedFrame> cut(ForgedFrame frame) {
    Cut cut = cuts.get(frame.bytes());
    if (cut == null) {
      return List.of(frame);
    }
    byte[] bytes = frame.bytes();
    boolean v4 = bytes[12] == 0x08;
    int data = ETHERNET + (v4 ? (bytes[ETHERNET] & 0x0F) * 4 : 40);
    int id = ++lastId;
    List<ForgedFrame> fragments = new ArrayList<>();
    for (int at = data; at < bytes.length; at += cut.bytes) {
      int end = Math.min(bytes.length, at + cut.bytes);
      byte[] head = Arrays.copyOf(bytes, data);
      byte[] part = Arrays.copyOfRange(bytes, at, end);
      byte[] fragment =
          v4
              ? ipv4(head, id, at - data, end < bytes.length, part)
              : ipv6(head, id, at - data, end < bytes.length, part);
      fragments.add(new ForgedFrame(frame.timestampNanos() + at - data, fragment));
    }
    if (cut.backward) {
      Collections.reverse(fragments);
    }
    return fragments;
  }

  private static byte[] ipv4(byte[] head, int id, int offset, boolean more, byte[] data) {
    ByteBuffer header = ByteBuffer.wrap(head);
    header.putShort(ETHERNET + 2, (short) (head.length - ETHERNET + data.length));
    header.putShort(ETHERNET + 4, (short) id);
    header.putShort(ETHERNET + 6, (short) ((more ? 0x2000 : 0) | offset / 8));
    return join(head, data);
  }

  private static byte[] ipv6(byte[] head, int id, int offset, boolean more, byte[] data) {
    ByteBuffer header = ByteBuffer.wrap(head);
    ByteBuffer fragment = ByteBuffer.allocate(8);
    fragment.put(head[ETHERNET + 6]).put((byte) 0);
    fragment.putShort((short) (offset | (more ? 1 : 0))).putInt(id);
    header.put(ETHERNET + 6, (byte) 44);
    header.putShort(ETHERNET + 4, (short) (8 + data.length));
    return join(join(head, fragment.array()), data);
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  List<byte[]> pieces(String[] w, Host client, Host resolver) {
    int id = Integer.parseInt(w[3]);
    int size = Integer.parseInt(w[6]);
    byte[] name = query(w[4]);
    byte[] other = query(w[5]);
    List<byte[]> pieces = new ArrayList<>();
    for (String piece : Arrays.asList(w).subList(7, w.length)) {
      byte[] from = piece.contains("!") ? other : name;
      int at = size * Integer.parseInt(piece.replaceAll("[!$]", ""));
      int end = Math.min(from.length, at + size);
      boolean more = end < from.length && !piece.contains("$");
      Layer ethernet = Forge.ethernet(client.mac(), resolver.mac());
      Layer data = Forge.payload(Arrays.copyOfRange(from, at, end));
      Layer ip = Forge.ip(client.address(), resolver.address());
      pieces.add(
          ip instanceof Ipv4 header
              ? Forge.frame(
                  ethernet, header.identification(id).fragment(at, more).protocol(UDP), data)
              : Forge.frame(ethernet, ip, Forge.ipv6Fragment(at, more, id).nextHeader(UDP), data));
    }
    return pieces;
  }

  private static byte[] query(String name) {
    return Forge.frame(
        Forge.udp(30_053, 53), Forge.payload(DnsMessage.query(7, name, DnsMessage.A).toBytes()));
  }
}
