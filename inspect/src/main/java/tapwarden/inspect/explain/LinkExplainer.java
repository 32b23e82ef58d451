package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.ArpView;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.EtherType;
import tapwarden.inspect.wire.EthernetView;
import tapwarden.inspect.wire.LlcView;
import tapwarden.inspect.wire.SnapView;

/** Explains Ethernet, LLC, SNAP, ARP and EAPOL. */
final class LinkExplainer {
  private static final int EAPOL_LENGTH = 4;

  private final EthernetView ethernet = new EthernetView();
  private final LlcView llc = new LlcView();
  private final SnapView snap = new SnapView();
  private final ArpView arp = new ArpView();

  int ethernet(LayerScope at, Fields out) {
    if (!ethernet.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.mac("Destination", ethernet.destination()).mac("Source", ethernet.source());
    type(out, ethernet.type());
    return ethernet.headerLength();
  }

  static void type(Fields out, int type) {
    String name = type < EtherType.MINIMUM ? "Length" : "Type";
    out.hex(name, type, 4, LinkNames.typeOrLength(type));
  }

  int llc(LayerScope at, Fields out) {
    if (!llc.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int destination = llc.destinationSap();
    int source = llc.sourceSap();
    out.hex("Destination access point", destination, 2, LinkNames.serviceAccessPoint(destination))
        .hex("Source access point", source, 2, LinkNames.serviceAccessPoint(source))
        .hex("Control", llc.control(), 2, llc.isUnnumbered() ? "unnumbered" : "numbered");
    return llc.headerLength();
  }

  int snap(LayerScope at, Fields out) {
    if (!snap.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int organisation = snap.organisation();
    int id = snap.protocolId();
    out.hex("Organisation", organisation, 6, LinkNames.organisation(organisation))
        .hex("Protocol", id, 4, LinkNames.snapProtocol(organisation, id));
    return snap.headerLength();
  }

  int arp(LayerScope at, Fields out) {
    MemorySegment segment = at.segment();
    if (!arp.wrap(segment, at.offset(), at.end())) {
      return 0;
    }
    out.number("Hardware type", arp.hardwareType(), LinkNames.hardware(arp.hardwareType()))
        .hex("Protocol type", arp.protocolType(), 4, LinkNames.etherType(arp.protocolType()))
        .count("Hardware address length", arp.hardwareLength(), "bytes")
        .count("Protocol address length", arp.protocolLength(), "bytes")
        .number("Operation", arp.operation(), operation());
    if (arp.isEthernetIpv4()) {
      out.mac("Sender MAC", arp.senderMac())
          .ipv4("Sender IP", arp.senderIpv4())
          .mac("Target MAC", arp.targetMac())
          .ipv4("Target IP", arp.targetIpv4());
    } else {
      long addresses = at.offset() + ArpView.MINIMUM_LENGTH;
      int length = arp.headerLength() - ArpView.MINIMUM_LENGTH;
      out.add("Addresses", WireText.hex(segment, addresses, length));
    }
    return arp.headerLength();
  }

  private String operation() {
    boolean announcement = arp.isEthernetIpv4() && arp.senderIpv4() == arp.targetIpv4();
    if (announcement && arp.operation() == ArpView.REQUEST) {
      return "request for its own address: an announcement";
    }
    boolean probe = arp.isEthernetIpv4() && arp.senderIpv4() == 0;
    if (probe && arp.operation() == ArpView.REQUEST) {
      return "request without own address: is the target address in use?";
    }
    return LinkNames.arpOperation(arp.operation());
  }

  int eapol(LayerScope at, Fields out) {
    if (at.end() - at.offset() < EAPOL_LENGTH) {
      return 0;
    }
    int type = Bytes.u8(at.segment(), at.offset() + 1);
    out.number("Version", Bytes.u8(at.segment(), at.offset()))
        .number("Type", type, LinkNames.eapolType(type))
        .count("Body length", Bytes.u16(at.segment(), at.offset() + 2), "bytes");
    return EAPOL_LENGTH;
  }
}
