package tapwarden.inspect.explain;

import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.wire.CapwapView;
import tapwarden.inspect.wire.Dot11View;
import tapwarden.inspect.wire.RadiotapView;
import tapwarden.inspect.wire.TlvCursor;
import tapwarden.inspect.wire.TzspView;

/** Explains IEEE 802.11 and what it is captured and carried in: radiotap, CAPWAP, TZSP. */
final class WirelessExplainer {
  private static final String[] MANAGEMENT = {
    "association request",
    "association response",
    "reassociation request",
    "reassociation response",
    "probe request",
    "probe response",
    "timing advertisement",
    "",
    "beacon",
    "announcement traffic indication",
    "disassociation",
    "authentication",
    "deauthentication",
    "action",
    "action without acknowledgment",
    ""
  };
  private static final String[] CONTROL = {
    "",
    "",
    "trigger",
    "TWT acknowledgment",
    "beamforming report poll",
    "null data announcement",
    "control extension",
    "control wrapper",
    "block acknowledgment request",
    "block acknowledgment",
    "power save poll",
    "request to send",
    "clear to send",
    "acknowledgment",
    "contention-free end",
    "contention-free end and acknowledgment"
  };

  private final RadiotapView radiotap = new RadiotapView();
  private final Dot11View dot11 = new Dot11View();
  private final CapwapView capwap = new CapwapView();
  private final TzspView tzsp = new TzspView();

  int radiotap(LayerScope at, Fields out) {
    if (!radiotap.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.count("Header length", radiotap.headerLength(), "bytes")
        .hex("Presence", radiotap.presence(), 8, radiotap.presenceWords() + " presence words");
    if (radiotap.hasTimestamp()) {
      out.add("Card clock", Long.toUnsignedString(radiotap.timestampMicros()) + " µs");
    }
    out.hex("Flags", radiotap.flags(), 2)
        .flag("Frame check sequence", radiotap.hasFcs(), "the frame ends with it")
        .flag("Data padding", radiotap.hasDataPad(), "the 802.11 header is padded")
        .flag("Bad frame check sequence", radiotap.isBadFcs(), "the frame was damaged on the air");
    if (radiotap.rate() > 0) {
      out.add("Rate", radiotap.rate() / 2 + (radiotap.rate() % 2 == 0 ? "" : ".5") + " Mbit/s");
    }
    if (radiotap.frequencyMhz() > 0) {
      out.count("Channel frequency", radiotap.frequencyMhz(), "MHz");
    }
    if (radiotap.hasSignal()) {
      out.count("Signal", radiotap.signalDbm(), "dBm");
    }
    if (radiotap.hasNoise()) {
      out.count("Noise", radiotap.noiseDbm(), "dBm");
    }
    if (radiotap.antenna() >= 0) {
      out.number("Antenna", radiotap.antenna());
    }
    return radiotap.headerLength();
  }

  int dot11(LayerScope at, Fields out) {
    boolean swapped =
        at.packet().has(Layer.CAPWAP)
            && Dot11View.looksSwapped(at.segment(), at.offset(), at.end());
    if (!dot11.wrap(at.segment(), at.offset(), at.end(), swapped)) {
      return 0;
    }
    out.add("Type", type(dot11.type()), subtype())
        .hex("Frame control", dot11.frameControl(), 4, swapped ? "bytes swapped" : "")
        .flag("To the distribution system", dot11.isToDs(), "towards the wired network")
        .flag("From the distribution system", dot11.isFromDs(), "from the wired network")
        .flag("More fragments", dot11.moreFragments(), "others follow")
        .flag("Retry", dot11.isRetry(), "sent again")
        .flag("Protected", dot11.isProtected(), "the body is encrypted")
        .flag("HT control or order", dot11.hasHtControl(), "")
        .number("Duration or id", dot11.duration())
        .mac("Receiver", dot11.receiver());
    if (dot11.transmitter() != Dot11View.NO_ADDRESS) {
      out.mac("Transmitter", dot11.transmitter());
    }
    if (dot11.sequenceNumber() >= 0) {
      addressesAndSequence(out);
    }
    return dot11.headerLength();
  }

  private void addressesAndSequence(Fields out) {
    out.mac("Destination", dot11.destination()).mac("Source", dot11.source());
    if (dot11.bssid() != Dot11View.NO_ADDRESS) {
      out.mac("Cell (BSSID)", dot11.bssid());
    }
    out.number("Sequence", dot11.sequenceNumber()).number("Fragment", dot11.fragmentNumber());
    if (dot11.isQos()) {
      int qos = dot11.qosControl();
      out.hex("QoS control", qos, 4, "traffic id " + (qos & 0xF))
          .flag("Aggregate", dot11.isAmsdu(), "several frames in one");
    }
  }

  private static String type(int type) {
    return switch (type) {
      case Dot11View.MANAGEMENT -> "management";
      case Dot11View.CONTROL -> "control";
      case Dot11View.DATA -> "data";
      default -> "extension";
    };
  }

  private String subtype() {
    int subtype = dot11.subtype();
    return switch (dot11.type()) {
      case Dot11View.MANAGEMENT -> MANAGEMENT[subtype];
      case Dot11View.CONTROL -> CONTROL[subtype];
      case Dot11View.DATA -> (subtype & 8) != 0 ? "QoS data" : (subtype & 4) != 0 ? "no data" : "";
      default -> "";
    };
  }

  int capwap(LayerScope at, Fields out) {
    if (!capwap.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    if (capwap.isDtls()) {
      out.add("Preamble", "DTLS", "encrypted, a DTLS record follows");
      return capwap.headerLength();
    }
    boolean dot11Binding = capwap.binding() == CapwapView.BINDING_IEEE802_11;
    out.count("Header length", capwap.headerLength(), "bytes")
        .number("Radio id", capwap.radioId())
        .number("Wireless binding", capwap.binding(), dot11Binding ? "IEEE 802.11" : "")
        .add("Frame", capwap.isNative() ? "native to the binding" : "IEEE 802.3")
        .flag("Fragment", capwap.isFragment(), "part of a larger frame")
        .flag("Last fragment", capwap.isLastFragment(), "nothing follows")
        .flag("Wireless information", capwap.hasWirelessInformation(), "in the header")
        .flag("Keep-alive", capwap.isKeepAlive(), "carries no frame")
        .number("Fragment id", capwap.fragmentId())
        .count("Fragment offset", capwap.fragmentOffset(), "bytes");
    if (capwap.hasRadioMac()) {
      out.mac("Radio MAC", capwap.radioMac());
    }
    return capwap.headerLength();
  }

  int tzsp(LayerScope at, Fields out) {
    if (!tzsp.wrap(at.segment(), at.offset(), at.end())) {
      return 0;
    }
    out.number("Version", 1)
        .number("Type", tzsp.type(), TunnelNames.tzspType(tzsp.type()))
        .number("Encapsulated protocol", tzsp.payloadType(), tzspProtocol());
    TlvCursor tags = tzsp.tags();
    while (tzsp.carriesFrame() && tags.next()) {
      out.add(
          TunnelNames.tzspTag(tags.type()),
          WireText.hex(at.segment(), tags.valueOffset(), tags.valueLength()));
    }
    return tzsp.headerLength();
  }

  private String tzspProtocol() {
    return switch (tzsp.payloadType()) {
      case TzspView.ETHERNET -> "Ethernet";
      case TzspView.IEEE802_11 -> "IEEE 802.11";
      case TzspView.PPP -> "PPP";
      case TzspView.RAW_IP -> "raw IP";
      case TzspView.IEEE802_11_RADIOTAP -> "IEEE 802.11 with radiotap";
      case TzspView.IEEE802_11_PRISM -> "IEEE 802.11 with prism header";
      case TzspView.IEEE802_11_AVS -> "IEEE 802.11 with AVS header";
      default -> "";
    };
  }
}
