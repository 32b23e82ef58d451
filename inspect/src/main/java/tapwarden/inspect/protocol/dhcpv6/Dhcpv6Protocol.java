package tapwarden.inspect.protocol.dhcpv6;

import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.MessageProtocol;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.TextBuilder;

/**
 * Reads DHCPv6: each message is a fact of its own. It has no magic number, so it is known by its
 * ports and options that fill the message exactly.
 *
 * <p>What a client says of itself is a trait of the device that sent the frame if no relay lies
 * between: the message is a client's, from an address of the link, and an identifier with a
 * hardware address names the one that the frame comes from. An identifier of another kind, or of
 * another interface of the device, says nothing against it.
 */
final class Dhcpv6Protocol extends MessageProtocol {
  /** Most events a minute and flow. */
  static final int MAX_EVENTS_A_MINUTE = 256;

  private static final int CLIENT_PORT = 546;
  private static final int SERVER_PORT = 547;
  private static final int LINK_LOCAL_PREFIX = 0xFE80 >>> 6;

  private final Dhcpv6Message message = new Dhcpv6Message();
  private final OptionCursor cursor = new OptionCursor();
  private final TextBuilder text = new TextBuilder(Dhcpv6Eve.MAX_TEXT);
  private final Dhcpv6Eve eve = new Dhcpv6Eve(message, text);

  Dhcpv6Protocol() {
    super(Dhcpv6Provider.EVENT_TYPE, MAX_EVENTS_A_MINUTE);
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return !isStream && firstByte > 0 && firstByte <= Dhcpv6Message.MAX_TYPE;
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.isStream()
        || !(opening.isPort(SERVER_PORT) || opening.isPort(CLIENT_PORT))
        || !read(bytes.copy(opening), opening.length())) {
      return Recognition.NO;
    }
    OptionCursor options = message.options(cursor);
    boolean hasAny = false;
    boolean hasIdentifier = false;
    while (options.next()) {
      hasAny = true;
      hasIdentifier |=
          options.code() == Dhcpv6Option.CLIENT_ID || options.code() == Dhcpv6Option.SERVER_ID;
    }
    if (message.isWhole()) {
      return hasIdentifier ? Recognition.YES : hasAny ? Recognition.LIKELY : Recognition.NO;
    }
    // It may not have been captured whole.
    return hasIdentifier ? Recognition.LIKELY : Recognition.NO;
  }

  @Override
  protected boolean read(byte[] datagram, int length) {
    return message.parse(datagram, length);
  }

  @Override
  protected void tell(Report report, boolean toServer) {
    if (!message.isWhole()) {
      report.oddity("option_cut");
    }
    if (message.isLimited()) {
      report.oddity("relay_limit");
    }
    reportTraits(report);
  }

  @Override
  protected void write(JsonWriter json) {
    eve.write(json);
  }

  private void reportTraits(Report report) {
    Packet packet = report.packet();
    if (packet == null
        || !packet.hasMac()
        || packet.tunnelDepth() > 0
        || !message.isOfClient()
        || packet.sourceHigh() >>> 54 != LINK_LOCAL_PREFIX) {
      return;
    }
    long mac = message.clientMac(cursor);
    if (mac >= 0 && mac != packet.sourceMac()) {
      return;
    }
    if (eve.putFqdn()) {
      text.reportTrait(report, "dhcpv6-fqdn", Side.SENDING_DEVICE);
    }
    if (eve.putVendorClass()) {
      text.reportTrait(report, "dhcpv6-vendor-class", Side.SENDING_DEVICE);
    }
    if (eve.putOptionRequest()) {
      text.reportTrait(report, "dhcpv6-fingerprint", Side.SENDING_DEVICE);
    }
  }
}
