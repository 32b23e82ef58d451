package tapwarden.inspect.explain;

import tapwarden.inspect.wire.GeneveView;
import tapwarden.inspect.wire.NshView;
import tapwarden.inspect.wire.TlvCursor;
import tapwarden.inspect.wire.VxlanGpeView;
import tapwarden.inspect.wire.VxlanView;

/** Explains the overlays of data centres: VXLAN, VXLAN-GPE, GENEVE, and service chaining. */
final class OverlayExplainer {
  private final VxlanView vxlan = new VxlanView();
  private final VxlanGpeView vxlanGpe = new VxlanGpeView();
  private final GeneveView geneve = new GeneveView();
  private final NshView nsh = new NshView();

  int vxlan(LayerScope at, Fields out) {
    if (!vxlan.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.hex("Flags", vxlan.flags(), 2, vxlan.hasVni() ? "a network id is present" : "no network id")
        .number("Network id (VNI)", vxlan.vni());
    if (vxlan.hasGroupPolicy()) {
      out.number("Group policy id", vxlan.groupPolicyId());
    }
    return vxlan.headerLength();
  }

  int vxlanGpe(LayerScope at, Fields out) {
    if (!vxlanGpe.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    int type = vxlanGpe.payloadType();
    out.hex("Flags", vxlanGpe.flags(), 2)
        .number("Version", vxlanGpe.version())
        .flag("Broadcast", vxlanGpe.isBroadcast(), "broadcast, unknown unicast or multicast")
        .flag("OAM", vxlanGpe.isOam(), "operations and maintenance")
        .number("Next protocol", type, TunnelNames.nextProtocol(type))
        .number("Network id (VNI)", vxlanGpe.vni());
    return vxlanGpe.headerLength();
  }

  int geneve(LayerScope at, Fields out) {
    if (!geneve.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Version", geneve.version())
        .count("Options length", geneve.optionsLength(), "bytes")
        .flag("Control", geneve.isControl(), "not a tenant's packet")
        .flag("Critical options", geneve.hasCriticalOptions(), "some option must be understood")
        .hex("Protocol", geneve.payloadType(), 4, LinkNames.etherType(geneve.payloadType()))
        .number("Network id (VNI)", geneve.vni());
    addClassed(at, out, geneve.options(), "Option");
    return geneve.headerLength();
  }

  int nsh(LayerScope at, Fields out) {
    if (!nsh.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Version", nsh.version())
        .flag("OAM", nsh.isOam(), "operations and maintenance")
        .number("Time to live", nsh.ttl())
        .count("Header length", nsh.headerLength(), "bytes")
        .number("Metadata type", nsh.mdType())
        .number("Next protocol", nsh.payloadType(), TunnelNames.nextProtocol(nsh.payloadType()))
        .number("Service path", nsh.servicePath())
        .number("Service index", nsh.serviceIndex());
    if (nsh.mdType() == NshView.MD_TYPE_1) {
      out.add("Context", WireText.hex(at.segment(), at.offset() + NshView.MINIMUM_LENGTH, 16));
    }
    addClassed(at, out, nsh.metadata(), "Context");
    return nsh.headerLength();
  }

  private static void addClassed(LayerScope at, Fields out, TlvCursor elements, String name) {
    while (elements.next()) {
      String type =
          "class %s, type %s"
              .formatted(
                  Fields.hexText(elements.type() >>> 8, 4),
                  Fields.hexText(elements.type() & 0xFF, 2));
      out.add(
          name, type, WireText.hex(at.segment(), elements.valueOffset(), elements.valueLength()));
    }
    if (elements.isDamaged()) {
      out.add(name, "not readable", "an element runs over the header");
    }
  }
}
