package tapwarden.inspect.protocol.tftp;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.file.FileDigests;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.DatagramBytes;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.Bytes;

/**
 * Reads TFTP: known by a request with one of its modes, on any port. The server answers from
 * another port, so the transfer is a flow of its own that is announced; servers that stay on their
 * port are read in the flow of the request.
 */
final class TftpProtocol implements Protocol {
  /** Most requests a minute and flow that are told and whose transfers are waited for. */
  static final int MAX_REQUESTS_A_MINUTE = 64;

  private final DatagramBytes bytes = new DatagramBytes();
  private final TftpRequest request = new TftpRequest();
  private final FileDigests digests;

  TftpProtocol(StreamMemory memory) {
    digests = new FileDigests(memory);
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return !isStream && firstByte == 0;
  }

  @Override
  public Recognition recognise(Opening opening) {
    return !opening.isStream()
            && opening.length() <= TftpRequest.MAX_BYTES
            && request.parse(bytes.copy(opening), opening.length())
        ? Recognition.YES
        : Recognition.NO;
  }

  @Override
  public DatagramReader newDatagrams(@Nullable Object note) {
    return note instanceof TftpTransfer transfer
        ? new TftpData(transfer, bytes, request, digests)
        : new Requests();
  }

  private final class Requests implements DatagramReader {
    private final EventBudget budget = new EventBudget(MAX_REQUESTS_A_MINUTE);
    private @Nullable TftpTransfer asked;
    private @Nullable TftpData data;

    @Override
    public boolean datagram(
        Report report, boolean toServer, MemorySegment segment, long offset, int length) {
      if (length < 2) {
        report.oddity("unreadable");
        return true;
      }
      int operation = Bytes.u16(segment, offset);
      if (operation == TftpOperation.READ || operation == TftpOperation.WRITE) {
        return request(report, toServer, segment, offset, length);
      }
      TftpTransfer transfer = asked;
      if (transfer == null) {
        report.violated("no_tftp");
        return false;
      }
      TftpData reader = data;
      if (reader == null) {
        reader = new TftpData(transfer, bytes, request, digests);
        data = reader;
      }
      if (!reader.datagram(report, toServer, segment, offset, length)) {
        reader.close(report);
        data = null;
        asked = null;
      }
      return true;
    }

    private boolean request(
        Report report, boolean toServer, MemorySegment segment, long offset, int length) {
      TftpTransfer last = asked;
      if (!request.parse(bytes.copy(segment, offset, length), length)) {
        if (last == null) {
          report.violated("no_tftp");
          return false;
        }
        report.oddity("unreadable");
        return true;
      }
      if (last != null && request.repeats(last)) {
        return true;
      }
      if (budget.take(report)) {
        close(report);
        TftpTransfer transfer = request.transfer();
        asked = transfer;
        expect(report, toServer, transfer);
        if (report.wants(TftpProvider.NAME)) {
          JsonWriter json = report.begin(TftpProvider.NAME, toServer);
          writeTransfer(json, transfer.packetWord(), transfer);
          request.writeOptions(json);
          report.end(json);
        }
      }
      return true;
    }

    @Override
    public void close(Report report) {
      TftpData reader = data;
      data = null;
      if (reader != null) {
        reader.close(report);
      }
    }
  }

  /** The transfer comes to the port that the request came from (RFC 1350 §4). */
  private static void expect(Report report, boolean toServer, TftpTransfer transfer) {
    FlowSnapshot flow = report.flow();
    if (toServer) {
      report.expect(
          TftpProvider.NAME,
          flow.ipVersion(),
          flow.clientHigh(),
          flow.clientLow(),
          flow.clientPort(),
          transfer);
    } else {
      report.expect(
          TftpProvider.NAME,
          flow.ipVersion(),
          flow.serverHigh(),
          flow.serverLow(),
          flow.serverPort(),
          transfer);
    }
  }

  /** Writes the {@code tftp} object of EVE. */
  static void writeTransfer(JsonWriter json, String packet, TftpTransfer transfer) {
    json.name("tftp").beginObject().field("packet", packet);
    json.name("file").value(transfer.file(), 0, transfer.file().length);
    json.name("mode").value(transfer.mode(), 0, transfer.mode().length);
    json.endObject();
  }
}
