package tapwarden.inspect.protocol.tftp;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.file.FileDigest;
import tapwarden.inspect.codec.file.FileDigests;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.DatagramBytes;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.wire.Bytes;

/**
 * Reads one transfer: blocks in order make the file, which a block shorter than the others ends
 * (RFC 1350 §6). Blocks that were seen before are passed over; missing ones leave the file with a
 * gap and without digests. Numbers go on with 0, or with 1, after 65535.
 */
final class TftpData implements DatagramReader {
  private static final int HEAD_BYTES = 4;
  private static final int MAX_TEXT = 256;
  private static final int BLOCKS = 1 << 16;
  private static final int AHEAD = 1 << 15;

  private final TftpTransfer transfer;
  private final DatagramBytes bytes;
  private final TftpRequest options;
  private final FileDigests digests;
  private @Nullable FileDigest digest;
  private boolean anyRead;
  private boolean anyData;
  private boolean dataToServer;
  private boolean hasGap;
  private boolean isOver;
  private int blockBytes = TftpTransfer.DEFAULT_BLOCK_BYTES;
  private int nextBlock = 1;
  private long blocks;
  private long size;

  /**
   * @param options where acknowledged options are read; shared by a worker's readers, as bytes are
   */
  TftpData(TftpTransfer transfer, DatagramBytes bytes, TftpRequest options, FileDigests digests) {
    this.transfer = transfer;
    this.bytes = bytes;
    this.options = options;
    this.digests = digests;
  }

  @Override
  public boolean datagram(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    int operation = length < HEAD_BYTES ? 0 : Bytes.u16(segment, offset);
    switch (operation) {
      case TftpOperation.DATA -> data(report, toServer, segment, offset, length);
      case TftpOperation.ACKNOWLEDGE -> {}
      case TftpOperation.ACKNOWLEDGE_OPTIONS -> {
        options.parseAcknowledged(bytes.copy(segment, offset, length), length);
        blockBytes = options.blockBytes();
      }
      case TftpOperation.ERROR -> error(report, toServer, segment, offset, length);
      default -> {
        if (!anyRead) {
          report.violated("no_tftp");
          return false;
        }
        report.oddity("unreadable");
      }
    }
    anyRead = true;
    return !isOver;
  }

  private void data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    int block = Bytes.u16(segment, offset + 2);
    if (!anyData) {
      begin(report, toServer);
    }
    if (toServer != dataToServer || !isNext(block)) {
      return;
    }
    int count = length - HEAD_BYTES;
    // The options may have been acknowledged unseen.
    blockBytes = blocks == 0 ? Math.max(blockBytes, count) : blockBytes;
    FileDigest file = digest;
    if (file != null && count > 0) {
      byte[] data = bytes.copy(segment, offset, length);
      file.update(data, HEAD_BYTES, length);
    }
    size += count;
    blocks++;
    nextBlock = (block + 1) % BLOCKS;
    if (count < blockBytes) {
      tell(report, true);
    }
  }

  private void begin(Report report, boolean toServer) {
    anyData = true;
    dataToServer = toServer;
    if (report.wants(TftpProvider.FILE_EVENT_TYPE)) {
      digest = digests.take();
    }
  }

  /** Whether the block is new; notes what is missing before it. */
  private boolean isNext(int block) {
    int ahead = Math.floorMod(block - nextBlock, BLOCKS);
    boolean beginsAgain = nextBlock == 0 && block == 1;
    if (ahead >= AHEAD) {
      return false;
    }
    hasGap |= ahead > 0 && !beginsAgain;
    return true;
  }

  private void error(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    isOver = true;
    if (report.wants(TftpProvider.NAME)) {
      byte[] packet = bytes.copy(segment, offset, length);
      JsonWriter json = report.begin(TftpProvider.NAME, toServer);
      TftpProtocol.writeTransfer(json, "error", transfer);
      json.name("tapwarden").beginObject().name("tftp").beginObject();
      json.field("error_code", Bytes.u16(segment, offset + 2));
      int end = HEAD_BYTES;
      while (end < length && end < HEAD_BYTES + MAX_TEXT && packet[end] != 0) {
        end++;
      }
      json.name("error_message").value(packet, HEAD_BYTES, end - HEAD_BYTES);
      report.end(json.endObject().endObject());
    }
  }

  @Override
  public void close(Report report) {
    if (anyData) {
      tell(report, false);
    }
  }

  /** Says once what the file was. */
  private void tell(Report report, boolean isWhole) {
    isOver = true;
    anyData = false;
    if (report.wants(TftpProvider.FILE_EVENT_TYPE)) {
      JsonWriter json = report.begin(TftpProvider.FILE_EVENT_TYPE, dataToServer);
      json.field("app_proto", TftpProvider.NAME);
      TftpProtocol.writeTransfer(json, transfer.packetWord(), transfer);
      writeFile(json, isWhole && !hasGap);
      json.name("tapwarden").beginObject().name("tftp").beginObject();
      json.field("blocks", blocks).field("block_bytes", blockBytes).endObject().endObject();
      report.end(json);
    }
    FileDigest file = digest;
    digest = null;
    if (file != null) {
      digests.give(file);
    }
  }

  private void writeFile(JsonWriter json, boolean isClosed) {
    json.name("fileinfo").beginObject();
    json.name("filename").value(transfer.file(), 0, transfer.file().length);
    FileDigest file = digest;
    if (file != null) {
      json.optionalField("magic", file.kind());
    }
    json.field("gaps", hasGap).field("state", isClosed ? "CLOSED" : "TRUNCATED");
    if (file != null && isClosed) {
      json.field("md5", file.md5()).field("sha1", file.sha1()).field("sha256", file.sha256());
    }
    json.field("stored", false).field("size", size).field("tx_id", 0).endObject();
  }
}
