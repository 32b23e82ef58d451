package tapwarden.capture.forge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One protocol layer of a frame to be built: turns the bytes of everything inside it into its own
 * header, those bytes, and its trailer if it has one. A layer that carries others announces the
 * next one by that one's {@link #etherType()} or {@link #ipProtocol()}.
 */
public abstract class Layer {
  /** No such number, or: compute the field. */
  static final int NONE = -1;

  /** The EtherType (IEEE 802) that announces this layer, or {@link #NONE}. */
  int etherType() {
    return NONE;
  }

  /** The IP protocol number (IANA) that announces this layer, or {@link #NONE}. */
  int ipProtocol() {
    return NONE;
  }

  /** Header, {@code payload} and trailer. */
  abstract byte[] build(byte[] payload, Place place);

  static int either(int override, int computed) {
    return override == NONE ? computed : override;
  }

  /** Where a layer stands in its frame. */
  record Place(List<Layer> stack, int index) {
    /** Local experimental EtherType 1 (IEEE 802, RFC 9542): announces what has no EtherType. */
    private static final int EXPERIMENTAL_ETHER_TYPE = 0x88B5;

    /** Use for experimentation and testing (RFC 3692): announces what has no IP protocol number. */
    private static final int EXPERIMENTAL_PROTOCOL = 253;

    @Nullable Layer next() {
      return index + 1 < stack.size() ? stack.get(index + 1) : null;
    }

    int nextEtherType() {
      Layer next = next();
      return next == null || next.etherType() == NONE ? EXPERIMENTAL_ETHER_TYPE : next.etherType();
    }

    int nextIpProtocol() {
      Layer next = next();
      return next == null || next.ipProtocol() == NONE ? EXPERIMENTAL_PROTOCOL : next.ipProtocol();
    }

    /** The pseudo-header of the nearest IP layer outside this one; empty if there is none. */
    byte[] pseudoHeader(int protocol, int length) {
      for (int i = index - 1; i >= 0; i--) {
        if (stack.get(i) instanceof IpLayer ip) {
          return ip.pseudoHeader(protocol, length);
        }
      }
      return new byte[0];
    }

    /** The bytes of all layers from {@code first} on. */
    static byte[] buildFrom(List<Layer> stack, int first) {
      byte[] bytes = new byte[0];
      for (int i = stack.size() - 1; i >= first; i--) {
        bytes = stack.get(i).build(bytes, new Place(stack, i));
      }
      return bytes;
    }
  }

  /** IPv4 or IPv6: has addresses, so that transports can be checksummed. */
  abstract static class IpLayer extends Layer {
    /** RFC 9293 §3.1, RFC 8200 §8.1. */
    abstract byte[] pseudoHeader(int protocol, int length);
  }
}
