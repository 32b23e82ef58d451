package tapwarden.inspect.decode;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.IpProtocol;
import tapwarden.inspect.wire.Ipv4View;
import tapwarden.inspect.wire.Ipv6ExtensionView;
import tapwarden.inspect.wire.Ipv6View;
import tapwarden.inspect.wire.UdpView;

/**
 * Reads the packet that an ICMP error quotes (RFC 792, RFC 1812 section 4.3.2.3, RFC 4443 section
 * 3). Quotes are cut short by design, so their length fields bind nothing.
 */
final class QuoteReader {
  private static final int PORTS_LENGTH = 4;

  private final Ipv4View ipv4 = new Ipv4View();
  private final Ipv6View ipv6 = new Ipv6View();
  private final Ipv6ExtensionView extension = new Ipv6ExtensionView();

  /** Fills {@code quote}; false, and nothing filled, without a whole and sane IP header. */
  boolean read(MemorySegment segment, long offset, long end, Quote quote) {
    if (ipv4.wrap(segment, offset, end)) {
      quote.ipVersion = 4;
      quote.sourceHigh = 0;
      quote.sourceLow = ipv4.source();
      quote.destinationHigh = 0;
      quote.destinationLow = ipv4.destination();
      quote.protocol = ipv4.protocol();
      if (ipv4.fragmentOffset() == 0) {
        ports(segment, offset + ipv4.headerLength(), end, quote);
      }
      return true;
    }
    if (ipv6.wrap(segment, offset, end)) {
      quote.ipVersion = 6;
      quote.sourceHigh = ipv6.sourceHigh();
      quote.sourceLow = ipv6.sourceLow();
      quote.destinationHigh = ipv6.destinationHigh();
      quote.destinationLow = ipv6.destinationLow();
      quote.protocol = ipv6.nextHeader();
      long at = afterExtensions(segment, offset + Ipv6View.LENGTH, end, quote);
      if (at >= 0) {
        ports(segment, at, end, quote);
      }
      return true;
    }
    return false;
  }

  /** Offset behind the extension headers; -1 when they are cut or hide the transport header. */
  private long afterExtensions(MemorySegment segment, long offset, long end, Quote quote) {
    long at = offset;
    for (int i = 0; i < NetworkLayers.MAX_EXTENSIONS; i++) {
      if (!Ipv6ExtensionView.isExtension(quote.protocol)) {
        return at;
      }
      if (!extension.kind(quote.protocol).wrap(segment, at, end)) {
        return -1;
      }
      boolean laterFragment =
          quote.protocol == IpProtocol.FRAGMENT && extension.fragmentOffset() != 0;
      quote.protocol = extension.nextHeader();
      at += extension.headerLength();
      if (laterFragment) {
        return -1;
      }
    }
    return -1;
  }

  private static void ports(MemorySegment segment, long at, long end, Quote quote) {
    boolean portsFollow =
        switch (quote.protocol) {
          case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.UDP_LITE, IpProtocol.SCTP -> true;
          default -> false;
        };
    if (portsFollow && end - at >= PORTS_LENGTH) {
      quote.hasPorts = true;
      quote.sourcePort = UdpView.sourcePort(segment, at);
      quote.destinationPort = UdpView.destinationPort(segment, at);
    }
  }
}
