package tapwarden.inspect.protocol.ftpdata;

import tapwarden.inspect.codec.file.FileDigest;
import tapwarden.inspect.codec.ftp.FtpTransfer;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;

/**
 * The {@code ftp_data} object of EVE, and {@code fileinfo} beside it, in Suricata's shape. A file
 * that did not pass as a whole has no digest, since nobody could compare it.
 */
final class FtpDataEve {
  static final String EVENT = "ftp_data";
  static final String FILE_EVENT = "fileinfo";

  /** Longest file name that is written. */
  private static final int MOST_NAME = 1_024;

  private FtpDataEve() {}

  static void write(Report report, FtpTransfer transfer) {
    JsonWriter json = report.begin(EVENT);
    writeTransfer(json, transfer);
    report.end(json);
  }

  static void writeFile(
      Report report,
      boolean toServer,
      FtpTransfer transfer,
      FileDigest digest,
      boolean hasGap,
      boolean whole) {
    JsonWriter json = report.begin(FILE_EVENT, toServer);
    writeTransfer(json, transfer);
    json.name("fileinfo").beginObject();
    writeName(json, transfer);
    json.optionalField("magic", digest.kind());
    json.field("gaps", hasGap).field("state", whole ? "CLOSED" : "TRUNCATED");
    if (whole) {
      json.field("md5", digest.md5());
      json.field("sha1", digest.sha1()).field("sha256", digest.sha256());
    }
    json.field("stored", false).field("size", digest.size()).field("tx_id", 0);
    json.endObject();
    report.end(json);
  }

  private static void writeTransfer(JsonWriter json, FtpTransfer transfer) {
    json.name(EVENT).beginObject().optionalField("command", transfer.command());
    writeName(json, transfer);
    json.endObject();
  }

  private static void writeName(JsonWriter json, FtpTransfer transfer) {
    byte[] name = transfer.fileName();
    if (name.length > 0) {
      json.name("filename").value(name, 0, Math.min(name.length, MOST_NAME));
    }
  }
}
