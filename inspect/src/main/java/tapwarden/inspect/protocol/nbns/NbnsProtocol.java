package tapwarden.inspect.protocol.nbns;

import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.MessageProtocol;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;

/**
 * Reads the NetBIOS name service: each message is a fact of its own. What a host registers for
 * itself alone, answers for its own address, or lists as its names is a trait of it.
 */
final class NbnsProtocol extends MessageProtocol {
  /** Most events a minute and flow; all broadcasts of a host are one flow. */
  static final int MAX_EVENTS_A_MINUTE = 128;

  private static final int PORT = 137;
  private static final int WORKSTATION = 0x00;
  private static final int FILE_SERVER = 0x20;

  private final NbnsMessage message = new NbnsMessage();
  private final NbnsEve eve = new NbnsEve(message);

  NbnsProtocol() {
    super(NbnsProvider.EVENT_TYPE, MAX_EVENTS_A_MINUTE);
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return !isStream;
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.isStream()
        || opening.length() <= NbnsMessage.HEAD_BYTES
        || opening.u8(NbnsMessage.HEAD_BYTES) != NetbiosName.LABEL_BYTES
        || !read(bytes.copy(opening), opening.length())) {
      return Recognition.NO;
    }
    return opening.isPort(PORT) ? Recognition.YES : Recognition.LIKELY;
  }

  @Override
  protected boolean read(byte[] datagram, int length) {
    return message.parse(datagram, length);
  }

  @Override
  protected void tell(Report report, boolean toServer) {
    if (message.isCut()) {
      report.oddity("record_cut");
    }
    reportTrait(report, Side.of(toServer));
  }

  @Override
  protected void write(JsonWriter json) {
    eve.write(json);
  }

  private void reportTrait(Report report, Side side) {
    if (!message.hasRecord()) {
      return;
    }
    if (message.type() == NbnsMessage.NBSTAT && message.isResponse()) {
      reportStatus(report, side);
    } else if (message.type() == NbnsMessage.NB
        && message.dataLength() >= NbnsEve.ADDRESS_BYTES
        && !eve.isGroup()
        && isOfHost(message.name().suffix())
        && (isRegistration() || isOwnAnswer(report))) {
      report(report, "netbios-name", side, message.name().text(), 0, message.name().textLength());
    }
  }

  private void reportStatus(Report report, Side side) {
    for (int i = 0; i < eve.names(); i++) {
      int at = eve.statusName(i);
      if (message.bytes()[at + NetbiosName.NAME_BYTES] == WORKSTATION) {
        String trait = eve.isGroup(i) ? "netbios-group" : "netbios-name";
        report(report, trait, side, message.bytes(), at, eve.nameLength(at));
      }
    }
  }

  private static void report(
      Report report, String trait, Side side, byte[] text, int start, int length) {
    if (length > 0) {
      report.trait(trait, side, text, start, length);
    }
  }

  private static boolean isOfHost(int suffix) {
    return suffix == WORKSTATION || suffix == FILE_SERVER;
  }

  private boolean isRegistration() {
    return switch (message.operation()) {
      case NbnsMessage.QUERY, NbnsMessage.RELEASE, NbnsMessage.WAIT -> false;
      default -> !message.isResponse();
    };
  }

  /** A name server answers for others: there the address is not the sender's. */
  private boolean isOwnAnswer(Report report) {
    Packet packet = report.packet();
    return message.isResponse()
        && message.operation() == NbnsMessage.QUERY
        && message.resultCode() == 0
        && packet != null
        && packet.ipVersion() == 4
        && packet.sourceLow() == message.u32(message.dataStart() + 2);
  }
}
