package tapwarden.inspect.explain;

import java.lang.foreign.MemorySegment;
import tapwarden.inspect.wire.Bytes;
import tapwarden.inspect.wire.MacInMacView;
import tapwarden.inspect.wire.MplsView;
import tapwarden.inspect.wire.VlanView;
import tapwarden.inspect.wire.VnTagView;

/** Explains what stands between an Ethernet header and its payload: tags and labels. */
final class TagExplainer {
  /** An IEEE 802.1BR tag or Cisco metadata, with the type behind it. */
  private static final int SIX_BYTE_TAG_LENGTH = 8;

  private static final int FABRIC_PATH_LENGTH = 2;

  private final VlanView vlan = new VlanView();
  private final MacInMacView macInMac = new MacInMacView();
  private final VnTagView vnTag = new VnTagView();
  private final MplsView mpls = new MplsView();

  int vlan(LayerScope at, Fields out) {
    if (!vlan.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Priority", vlan.priority(), LinkNames.vlanPriority(vlan.priority()))
        .flag("Drop eligible", vlan.dropEligible(), "may be dropped first")
        .number("VLAN id", vlan.id(), vlan.id() == 0 ? "priority only, no VLAN" : "");
    LinkExplainer.type(out, vlan.type());
    return vlan.headerLength();
  }

  int macInMac(LayerScope at, Fields out) {
    if (!macInMac.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Priority", macInMac.priority(), LinkNames.vlanPriority(macInMac.priority()))
        .flag("Drop eligible", macInMac.dropEligible(), "may be dropped first")
        .flag(
            "Use customer addresses",
            macInMac.usesCustomerAddresses(),
            "the customer's addresses are meant")
        .number("Service instance id", macInMac.serviceId());
    return macInMac.headerLength();
  }

  int vnTag(LayerScope at, Fields out) {
    if (!vnTag.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.flag("Direction", vnTag.isToExtender(), "from the switch to the port extender")
        .flag("Pointer", vnTag.isPointer(), "the destination is a list of interfaces")
        .number("Destination interface", vnTag.destinationInterface())
        .flag("Looped", vnTag.isLooped(), "the frame returns to where it came from")
        .number("Version", vnTag.version())
        .number("Source interface", vnTag.sourceInterface());
    LinkExplainer.type(out, vnTag.payloadType());
    return vnTag.headerLength();
  }

  int mpls(LayerScope at, Fields out) {
    if (!mpls.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Label", mpls.label(), LinkNames.mplsLabel(mpls.label()))
        .number("Traffic class", mpls.trafficClass())
        .flag("Bottom of stack", mpls.isBottom(), "the last label")
        .number("Time to live", mpls.ttl());
    return mpls.headerLength();
  }

  /** IEEE 802.1BR: the port of the extender that the frame came in at or goes out of. */
  int eTag(LayerScope at, Fields out) {
    if (at.end() - at.offset() < SIX_BYTE_TAG_LENGTH) {
      return 0;
    }
    MemorySegment s = at.segment();
    long o = at.offset();
    int first = Bytes.u16(s, o);
    int second = Bytes.u16(s, o + 2);
    out.number("Priority", first >>> 13, LinkNames.vlanPriority(first >>> 13))
        .flag("Drop eligible", (first & 0x1000) != 0, "may be dropped first")
        .number("Ingress port channel", Bytes.u8(s, o + 4) << 12 | (first & 0xFFF))
        .number("Group", second >>> 12 & 3)
        .number("Port channel", Bytes.u8(s, o + 5) << 12 | (second & 0xFFF));
    LinkExplainer.type(out, Bytes.u16(s, o + 6));
    return SIX_BYTE_TAG_LENGTH;
  }

  int ciscoMetadata(LayerScope at, Fields out) {
    if (at.end() - at.offset() < SIX_BYTE_TAG_LENGTH) {
      return 0;
    }
    MemorySegment s = at.segment();
    long o = at.offset();
    out.number("Version", Bytes.u8(s, o))
        .number("Length", Bytes.u8(s, o + 1))
        .hex("Option", Bytes.u16(s, o + 2), 4)
        .number("Security group tag", Bytes.u16(s, o + 4));
    LinkExplainer.type(out, Bytes.u16(s, o + 6));
    return SIX_BYTE_TAG_LENGTH;
  }

  int fabricPath(LayerScope at, Fields out) {
    if (at.end() - at.offset() < FABRIC_PATH_LENGTH) {
      return 0;
    }
    int tag = Bytes.u16(at.segment(), at.offset());
    out.number("Forwarding tag", tag >>> 6).number("Time to live", tag & 0x3F);
    return FABRIC_PATH_LENGTH;
  }
}
