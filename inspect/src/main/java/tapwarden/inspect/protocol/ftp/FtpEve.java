package tapwarden.inspect.protocol.ftp;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;

/**
 * The {@code ftp} object of EVE in Suricata's shape: one event a command with its replies, and one
 * without a command for the greeting. Passwords are left out.
 */
final class FtpEve {
  static final String EVENT = "ftp";

  private FtpEve() {}

  static void write(Report report, int number, @Nullable FtpCommand command, FtpReplies replies) {
    JsonWriter json = report.begin(EVENT);
    json.field("tx_id", number).name("ftp").beginObject();
    if (command != null) {
      json.field("command", command.word());
      byte[] argument = command.argument();
      if (argument.length > 0) {
        json.name("command_data").value(argument, 0, argument.length);
      }
      json.field("command_truncated", command.isCut());
      FtpAddress address = command.address();
      if (address != null) {
        json.field("dynamic_port", address.port());
        json.field("mode", command.isActive() ? "active" : "passive");
      }
    }
    replies.write(json);
    json.endObject();
    report.end(json);
  }
}
