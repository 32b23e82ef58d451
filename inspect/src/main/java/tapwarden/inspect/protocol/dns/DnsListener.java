package tapwarden.inspect.protocol.dns;

import tapwarden.inspect.codec.dns.DnsMessage;
import tapwarden.inspect.decode.Packet;

/** Hears of every DNS message. */
@FunctionalInterface
public interface DnsListener {
  /**
   * @param packet the packet that carries it; as many calls as it carries messages
   * @param message valid during the call only
   */
  void onMessage(DnsKind kind, Packet packet, DnsMessage message);
}
