package tapwarden.inspect.decode;

import tapwarden.inspect.wire.ArpView;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.EtherType;
import tapwarden.inspect.wire.EthernetView;
import tapwarden.inspect.wire.LlcView;
import tapwarden.inspect.wire.MacInMacView;
import tapwarden.inspect.wire.MplsView;
import tapwarden.inspect.wire.SnapView;
import tapwarden.inspect.wire.VlanView;
import tapwarden.inspect.wire.VnTagView;

/** Reads what lies below IP: Ethernet and its tags, LLC, MPLS, ARP. */
final class LinkLayers {
  /** IEEE 802.1BR clause 7.5: priority, ingress and egress channel; a type follows. */
  static final int E_TAG_LENGTH = 6;

  /** Version, length, option and security group tag; a type follows. */
  static final int CISCO_METADATA_LENGTH = 6;

  /** Forwarding tag and time to live, between an outer and an inner Ethernet header. */
  private static final int FABRIC_PATH_LENGTH = 2;

  private static final int TYPE_LENGTH = 2;
  private static final int EAPOL_LENGTH = 4;
  private static final int LLDP_TLV_LENGTH = 2;
  private static final int CONTROL_WORD_LENGTH = 4;

  private final ArpView arp = new ArpView();
  private final VnTagView vnTag = new VnTagView();
  private final MacInMacView macInMac = new MacInMacView();
  private final LlcView llc = new LlcView();
  private final SnapView snap = new SnapView();

  Step ethernet(Walk walk) {
    if (walk.available() < EthernetView.LENGTH) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.ETHERNET)) {
      return Step.DONE;
    }
    if (!walk.sawLink) {
      Packet p = walk.packet;
      p.hasMac = true;
      p.destinationMac = EthernetView.destination(walk.segment, walk.offset);
      p.sourceMac = EthernetView.source(walk.segment, walk.offset);
    }
    int type = EthernetView.type(walk.segment, walk.offset);
    walk.offset += EthernetView.LENGTH;
    Step next = typeOrLength(walk, type);
    // Tags directly behind the outermost header are still its own.
    walk.sawLink |= next != Step.VLAN;
    return next;
  }

  Step vlan(Walk walk) {
    if (walk.available() < VlanView.LENGTH) {
      return walk.stop(Malformation.VLAN_TRUNCATED);
    }
    if (!walk.enter(Layer.VLAN)) {
      return Step.DONE;
    }
    Packet p = walk.packet;
    if (!walk.sawLink && p.vlanCount < Packet.MAX_VLANS) {
      p.vlans[p.vlanCount++] = VlanView.id(walk.segment, walk.offset);
    }
    int type = VlanView.type(walk.segment, walk.offset);
    walk.offset += VlanView.LENGTH;
    Step next = typeOrLength(walk, type);
    walk.sawLink |= next != Step.VLAN;
    return next;
  }

  /** A tag of {@code length} bytes, of which only the type behind them leads on. */
  Step tag(Walk walk, Layer layer, int length) {
    if (walk.available() < length + TYPE_LENGTH) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(layer)) {
      return Step.DONE;
    }
    int type = Bytes.u16(walk.segment, walk.offset + length);
    walk.offset += length + TYPE_LENGTH;
    return typeOrLength(walk, type);
  }

  Step fabricPath(Walk walk) {
    if (walk.available() < FABRIC_PATH_LENGTH) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.FABRIC_PATH)) {
      return Step.DONE;
    }
    walk.offset += FABRIC_PATH_LENGTH;
    return Step.ETHERNET;
  }

  Step vnTag(Walk walk) {
    if (!vnTag.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.VN_TAG)) {
      return Step.DONE;
    }
    walk.offset += vnTag.headerLength();
    return typeOrLength(walk, vnTag.payloadType());
  }

  /** A provider's frame around a customer's, told apart by the service instance. */
  Step macInMac(Walk walk) {
    if (!macInMac.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    if (!walk.enter(Layer.MAC_IN_MAC)) {
      return Step.DONE;
    }
    walk.offset += macInMac.headerLength();
    walk.passTunnel(Layer.MAC_IN_MAC, macInMac.serviceId(), false);
    return Step.ETHERNET;
  }

  /** The field after the addresses or a tag: a type, or IEEE 802.3's length of an LLC frame. */
  private static Step typeOrLength(Walk walk, int type) {
    if (type >= EtherType.MINIMUM) {
      return Step.ofEtherType(type);
    }
    if (type > EtherType.MAXIMUM_LENGTH) {
      return Step.DONE;
    }
    if (!walk.limit(walk.offset, type)) {
      walk.flag(Malformation.LINK_HEADER);
    }
    return Step.LLC;
  }

  Step llc(Walk walk) {
    if (!llc.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LLC_TRUNCATED);
    }
    if (llc.isNovellRaw()) {
      return Step.DONE;
    }
    if (!walk.enter(Layer.LLC)) {
      return Step.DONE;
    }
    walk.offset += llc.headerLength();
    if (llc.isSnap()) {
      return snap(walk);
    }
    if (llc.destinationSap() == LlcView.SPANNING_TREE) {
      walk.enter(Layer.STP);
      return Step.DONE;
    }
    return llc.destinationSap() == LlcView.IP ? Step.IPV4 : Step.DONE;
  }

  private Step snap(Walk walk) {
    if (!snap.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.LLC_TRUNCATED);
    }
    if (!walk.enter(Layer.SNAP)) {
      return Step.DONE;
    }
    walk.offset += snap.headerLength();
    int id = snap.protocolId();
    return switch (snap.organisation()) {
      case SnapView.ENCAPSULATED_ETHERNET, SnapView.CISCO_90 -> Step.ofEtherType(id);
      case SnapView.CISCO -> cisco(walk, id);
      case SnapView.IEEE_802_1 -> bridged(walk, id);
      default -> Step.DONE;
    };
  }

  private static Step cisco(Walk walk, int id) {
    if (id == EtherType.CDP) {
      walk.enter(Layer.CDP);
    } else if (id == SnapView.CISCO_PVST) {
      walk.enter(Layer.STP);
    }
    return Step.DONE;
  }

  /** RFC 2684 bridging: whole Ethernet frames behind two bytes of padding, or spanning tree. */
  private static Step bridged(Walk walk, int id) {
    if (id == SnapView.BRIDGED_ETHERNET || id == SnapView.BRIDGED_ETHERNET_FCS) {
      walk.offset += SnapView.BRIDGED_PADDING;
      return Step.ETHERNET;
    }
    if (id == SnapView.BRIDGED_BPDU) {
      walk.enter(Layer.STP);
    }
    return Step.DONE;
  }

  Step arp(Walk walk) {
    if (walk.available() < ArpView.MINIMUM_LENGTH) {
      return walk.stop(Malformation.ARP_TRUNCATED);
    }
    if (!walk.enter(Layer.ARP)) {
      return Step.DONE;
    }
    if (!arp.wrap(walk.segment, walk.offset, walk.end)) {
      return walk.stop(Malformation.ARP_TRUNCATED);
    }
    walk.offset += arp.headerLength();
    return Step.DONE;
  }

  Step lldp(Walk walk) {
    if (walk.available() < LLDP_TLV_LENGTH) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    walk.enter(Layer.LLDP);
    return Step.DONE;
  }

  Step eapol(Walk walk) {
    if (walk.available() < EAPOL_LENGTH) {
      return walk.stop(Malformation.LINK_TRUNCATED);
    }
    walk.enter(Layer.EAPOL);
    return Step.DONE;
  }

  /** One label; behind the last one the first nibble decides, as no label says what follows. */
  Step mpls(Walk walk) {
    if (walk.available() < MplsView.LENGTH) {
      return walk.stop(Malformation.MPLS_TRUNCATED);
    }
    if (!walk.enter(Layer.MPLS)) {
      return Step.DONE;
    }
    boolean last = MplsView.isBottom(walk.segment, walk.offset);
    walk.offset += MplsView.LENGTH;
    if (!last) {
      return Step.MPLS;
    }
    if (walk.available() < 1) {
      return Step.DONE;
    }
    return switch (Bytes.u8(walk.segment, walk.offset) >>> 4) {
      case 4 -> Step.IPV4;
      case 6 -> Step.IPV6;
      default -> pseudowire(walk);
    };
  }

  /**
   * RFC 4385 and RFC 4448: an Ethernet frame, behind a control word when its nibble is zero. Since
   * nothing in the packet says that it is Ethernet, the frame must look like one.
   */
  private static Step pseudowire(Walk walk) {
    boolean controlWord = Bytes.u8(walk.segment, walk.offset) >>> 4 == 0;
    if (controlWord && looksLikeEthernet(walk, walk.offset + CONTROL_WORD_LENGTH)) {
      walk.offset += CONTROL_WORD_LENGTH;
      return Step.ETHERNET;
    }
    return looksLikeEthernet(walk, walk.offset) ? Step.ETHERNET : Step.DONE;
  }

  /** Whether a type that the decoder reads, with what it announces, stands where one belongs. */
  static boolean looksLikeEthernet(Walk walk, long at) {
    long inside = at + EthernetView.LENGTH;
    if (walk.end - inside < LlcView.MINIMUM_LENGTH) {
      return false;
    }
    int type = EthernetView.type(walk.segment, at);
    int first = Bytes.u8(walk.segment, inside);
    return switch (type) {
      case EtherType.IPV4 -> first >>> 4 == 4;
      case EtherType.IPV6 -> first >>> 4 == 6;
      default ->
          type < EtherType.MINIMUM
              ? type <= walk.claimedEnd - inside && LlcView.isCommonSap(first)
              : Step.ofEtherType(type) != Step.DONE;
    };
  }
}
