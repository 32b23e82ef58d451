package tapwarden.inspect.protocol.dhcp;

import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.MessageProtocol;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.TextBuilder;

/**
 * Reads DHCP: each message is a fact of its own. Known by the cookie after the fixed fields; BOOTP
 * without one needs its ports.
 *
 * <p>What a request says of its sender is a trait of the device only if the device sent it itself:
 * no relay, and the hardware address of the client is the one that the frame comes from.
 */
final class DhcpProtocol extends MessageProtocol {
  /** Most events a minute; all clients of a segment share the flow of broadcasts. */
  static final int MAX_EVENTS_A_MINUTE = 1_024;

  private static final int SERVER_PORT = 67;
  private static final int CLIENT_PORT = 68;
  private static final int MAX_OPTION_TEXT = 1_024;

  private final DhcpMessage message = new DhcpMessage();
  private final TextBuilder text = new TextBuilder(4 * MAX_OPTION_TEXT);
  private final DhcpEve eve = new DhcpEve(message, text);

  DhcpProtocol() {
    super(DhcpProvider.EVENT_TYPE, MAX_EVENTS_A_MINUTE);
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return !isStream && (firstByte == DhcpMessage.REQUEST || firstByte == DhcpMessage.REPLY);
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.isStream()
        || opening.length() < DhcpMessage.FIXED_BYTES
        || !mayBegin(false, opening.u8(0))
        || !read(bytes.copy(opening), opening.length())) {
      return Recognition.NO;
    }
    if (message.isDhcp()) {
      return Recognition.YES;
    }
    return (opening.isPort(SERVER_PORT) || opening.isPort(CLIENT_PORT))
            && message.hardwareType() != 0
        ? Recognition.LIKELY
        : Recognition.NO;
  }

  @Override
  protected boolean read(byte[] datagram, int length) {
    return message.parse(datagram, length);
  }

  @Override
  protected void tell(Report report, boolean toServer) {
    if (message.isCut()) {
      report.oddity("option_cut");
    }
    if (message.isLimited()) {
      report.oddity("option_limit");
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
        || message.op() != DhcpMessage.REQUEST
        || message.relayIp() != 0
        || message.hops() != 0
        || message.clientMac() != packet.sourceMac()) {
      return;
    }
    reportText(report, "dhcp-hostname", DhcpOption.HOST_NAME);
    reportText(report, "dhcp-vendor-class", DhcpOption.VENDOR_CLASS);
    if (eve.putFqdn()) {
      text.reportTrait(report, "dhcp-fqdn", Side.SENDING_DEVICE);
    }
    if (message.find(DhcpOption.PARAMETER_LIST)) {
      eve.putFingerprint();
      text.reportTrait(report, "dhcp-fingerprint", Side.SENDING_DEVICE);
    }
  }

  private void reportText(Report report, String trait, int option) {
    if (message.find(option)) {
      byte[] from = message.value();
      int start = message.valueStart();
      int most = Math.min(message.valueLength(), MAX_OPTION_TEXT);
      int length = DhcpEve.withoutEndingZeros(from, start, most);
      if (length > 0) {
        report.trait(trait, Side.SENDING_DEVICE, from, start, length);
      }
    }
  }
}
