package tapwarden.inspect.protocol.ntp;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.DatagramBytes;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.Side;
import tapwarden.inspect.protocol.TextBuilder;

/**
 * Reads NTP, whose content is too weak to tell it without its port. Clients ask for years, so each
 * kind of message is one event of its flow: mode, direction, refusals, and what control and private
 * messages ask for.
 */
final class NtpProtocol implements Protocol {
  /** Most kinds of messages, and thus events, of a flow; real ones have two. */
  static final int MAX_KINDS = 32;

  private static final int PORT = 123;
  private static final int READ_VARIABLES = 2;
  private static final int MAX_TRAIT_BYTES = 512;

  private final DatagramBytes bytes = new DatagramBytes();
  private final NtpMessage message = new NtpMessage();
  private final NtpEve eve = new NtpEve(message, new TextBuilder(64));

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return !isStream && NtpMessage.mayBegin(firstByte);
  }

  @Override
  public Recognition recognise(Opening opening) {
    if (opening.isStream() || !opening.isPort(PORT) || opening.length() == 0) {
      return Recognition.NO;
    }
    return NtpMessage.mayBegin(opening.u8(0))
            && message.parse(bytes.copy(opening), opening.length(), 0)
            && !message.hasOddTail()
        ? Recognition.LIKELY
        : Recognition.NO;
  }

  @Override
  public DatagramReader newDatagrams(@Nullable Object note) {
    return new Flow();
  }

  private final class Flow implements DatagramReader {
    private int[] kinds = new int[2];
    private int kindCount;
    private boolean anyRead;

    @Override
    public boolean datagram(
        Report report, boolean toServer, MemorySegment segment, long offset, int length) {
      Packet packet = report.packet();
      int missing = packet == null ? 0 : packet.wirePayloadLength() - packet.payloadLength();
      if (!message.parse(bytes.copy(segment, offset, length), length, missing)) {
        if (!anyRead) {
          report.violated("no_ntp");
          return false;
        }
        report.oddity("unreadable");
        return true;
      }
      anyRead = true;
      if (message.hasOddTail()) {
        report.oddity("odd_tail");
      }
      if (isNew(report, kind(toServer))) {
        reportTrait(report, Side.of(toServer));
        if (report.wants(NtpProvider.EVENT_TYPE)) {
          JsonWriter json = report.begin(NtpProvider.EVENT_TYPE, toServer);
          eve.write(json);
          report.end(json);
        }
      }
      return true;
    }

    private boolean isNew(Report report, int kind) {
      for (int i = 0; i < kindCount; i++) {
        if (kinds[i] == kind) {
          return false;
        }
      }
      if (kindCount == MAX_KINDS) {
        report.oddity("kind_limit");
        return false;
      }
      if (kindCount == kinds.length) {
        kinds = Arrays.copyOf(kinds, 2 * kindCount);
      }
      kinds[kindCount++] = kind;
      return true;
    }
  }

  private int kind(boolean toServer) {
    int what =
        switch (message.mode()) {
          case NtpMessage.CONTROL ->
              message.operation() << 2
                  | (message.isControlResponse() ? 2 : 0)
                  | (message.isControlError() ? 1 : 0);
          case NtpMessage.PRIVATE ->
              message.requestCode() << 1 | (message.isPrivateResponse() ? 1 : 0);
          default -> (message.isKissOfDeath() ? 2 : 0) | (message.hasOddTail() ? 1 : 0);
        };
    return what << 4 | message.mode() << 1 | (toServer ? 1 : 0);
  }

  /** A server's own variables name its program, processor and system. */
  private void reportTrait(Report report, Side side) {
    if (message.mode() == NtpMessage.CONTROL
        && message.operation() == READ_VARIABLES
        && message.isControlResponse()
        && message.association() == 0
        && message.dataOffset() == 0
        && message.dataBytes() > 0) {
      int length = Math.min(message.dataBytes(), MAX_TRAIT_BYTES);
      report.trait("ntp-variables", side, message.bytes(), NtpMessage.CONTROL_HEAD_BYTES, length);
    }
  }
}
