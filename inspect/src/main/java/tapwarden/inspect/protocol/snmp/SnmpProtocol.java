package tapwarden.inspect.protocol.snmp;

import tapwarden.inspect.codec.ber.BerReader;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.MessageProtocol;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.TextBuilder;

/**
 * Reads SNMP: each message is a fact of its own. A message that fills its datagram is known on any
 * port; one that is broken or followed by something needs the ports.
 */
final class SnmpProtocol extends MessageProtocol {
  /** Most events a minute and flow: a poller asks for a few things every minute or so. */
  static final int MAX_EVENTS_A_MINUTE = 256;

  private static final int AGENT_PORT = 161;
  private static final int TRAP_PORT = 162;
  private static final int MAX_ENGINE_BYTES = 32;

  private final SnmpMessage message = new SnmpMessage();
  private final TextBuilder text = new TextBuilder(1_024);
  private final SnmpVariables variables = new SnmpVariables(message, text);
  private final SnmpEve eve = new SnmpEve(message, variables, text);

  SnmpProtocol() {
    super(SnmpProvider.EVENT_TYPE, MAX_EVENTS_A_MINUTE);
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return !isStream && firstByte == BerReader.SEQUENCE;
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.isStream()
        || opening.length() < 2
        || opening.u8(0) != BerReader.SEQUENCE
        || !read(bytes.copy(opening), opening.length())) {
      return Recognition.NO;
    }
    if (message.fills() && !message.isBroken()) {
      return Recognition.YES;
    }
    return opening.isPort(AGENT_PORT) || opening.isPort(TRAP_PORT)
        ? Recognition.LIKELY
        : Recognition.NO;
  }

  @Override
  protected boolean read(byte[] datagram, int length) {
    return message.parse(datagram, length);
  }

  @Override
  protected void tell(Report report, boolean toServer) {
    if (message.isBroken()) {
      report.oddity("broken_pdu");
    } else if (message.isCut()) {
      report.oddity("length_overrun");
    }
    reportTraits(report, Side.of(toServer));
  }

  @Override
  protected void write(JsonWriter json) {
    eve.write(json);
  }

  /** The engine named in an answer of version 3 is the one that answers (RFC 3414 §1.5.1). */
  private void reportTraits(Report report, Side side) {
    if (message.pdu() == SnmpPdu.RESPONSE) {
      variables.reportTraits(report, side);
    }
    boolean isAnswer = message.pdu() == SnmpPdu.RESPONSE || message.pdu() == SnmpPdu.REPORT;
    if (isAnswer && message.engineId.length > 0 && message.engineId.length <= MAX_ENGINE_BYTES) {
      int start = message.engineId.start;
      text.reset().putHex(message.bytes(), start, message.engineId.length, (char) 0);
      text.reportTrait(report, "snmp-engine-id", side);
    }
  }
}
