package tapwarden.inspect.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.ProtocolProvider;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.IpProtocol;

/**
 * Explains what TCP and UDP carry by the protocols' own means: the protocol is found by content as
 * in an inspection, and its reader is given this payload alone, so that a new protocol explains
 * itself. One packet is not a flow: what is said depends on what is whole in it, and where it
 * stands in the middle of something no protocol may be found.
 */
final class PayloadExplainer {
  private static final long MEMORY_BYTES = 4 << 20;

  /** Longest word that is taken for an abbreviation. */
  private static final int MOST_ABBREVIATED = 6;

  private record Known(String word, Protocol protocol) {}

  /** One packet's payload as one protocol's, in one direction. */
  private record Found(Known known, boolean toServer) {}

  private final List<Known> protocols = new ArrayList<>();
  private final Opening opening = new Opening();

  PayloadExplainer() {
    ProtocolContext context =
        new ProtocolContext(new StreamMemory(MEMORY_BYTES), new CounterBlock());
    for (ProtocolProvider provider : ServiceLoader.load(ProtocolProvider.class)) {
      protocols.add(new Known(provider.name(), provider.create(context)));
    }
    protocols.sort(Comparator.comparing(Known::word));
  }

  /** The layer that the payload is; null if no protocol is found in it. */
  @Nullable ExplainedLayer explain(Packet packet, MacVendor vendors) {
    Found found = applies(packet) ? find(packet) : null;
    if (found == null) {
      return null;
    }
    Fields fields = new Fields(vendors);
    fields.add("Protocol", found.known.word, "found by content");
    read(packet, found, fields);
    return new ExplainedLayer(
        found.known.word,
        title(found.known.word),
        (int) (packet.payloadOffset() - packet.frameOffset()),
        packet.payloadLength(),
        fields.build());
  }

  private static boolean applies(Packet packet) {
    return (packet.protocol() == IpProtocol.TCP || packet.protocol() == IpProtocol.UDP)
        && packet.hasPorts()
        && !(packet.isFragment() && !packet.isFirstFragment())
        && packet.payloadLength() > 0;
  }

  private static boolean isStream(Packet packet) {
    return packet.protocol() == IpProtocol.TCP;
  }

  /** Who is sure comes before who is not; the side with the lower port is taken for the server. */
  private @Nullable Found find(Packet packet) {
    boolean toServer = packet.destinationPort() <= packet.sourcePort();
    for (Recognition wanted : List.of(Recognition.YES, Recognition.LIKELY)) {
      for (boolean direction : new boolean[] {toServer, !toServer}) {
        for (Known known : protocols) {
          if (recognise(packet, known, direction) == wanted) {
            return new Found(known, direction);
          }
        }
      }
    }
    return null;
  }

  private Recognition recognise(Packet packet, Known known, boolean toServer) {
    int client = toServer ? packet.sourcePort() : packet.destinationPort();
    int server = toServer ? packet.destinationPort() : packet.sourcePort();
    int shown =
        isStream(packet)
            ? Math.min(packet.payloadLength(), Opening.MOST_BYTES)
            : packet.payloadLength();
    opening
        .flow(isStream(packet), client, server)
        .bytes(toServer, packet.segment(), packet.payloadOffset(), shown);
    return known.protocol.recognise(opening);
  }

  private static void read(Packet packet, Found found, Fields fields) {
    ExplainedReport report = new ExplainedReport(packet, found.toServer, fields);
    Protocol protocol = found.known.protocol;
    if (isStream(packet)) {
      StreamReader reader = protocol.newStream(null);
      if (reader != null) {
        reader.data(
            report,
            found.toServer,
            packet.segment(),
            packet.payloadOffset(),
            packet.payloadLength());
        reader.close(report);
      }
    } else {
      DatagramReader reader = protocol.newDatagrams(null);
      if (reader != null) {
        reader.datagram(
            report,
            found.toServer,
            packet.segment(),
            packet.payloadOffset(),
            packet.payloadLength());
        reader.close(report);
      }
    }
  }

  private static String title(String word) {
    return word.length() <= MOST_ABBREVIATED
        ? word.toUpperCase(Locale.ROOT)
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
