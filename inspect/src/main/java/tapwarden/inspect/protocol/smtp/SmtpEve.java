package tapwarden.inspect.protocol.smtp;

import tapwarden.inspect.codec.mail.MailFacts;
import tapwarden.inspect.codec.mail.MailField;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.Report;

/**
 * The {@code smtp} and {@code email} objects of EVE in Suricata's shape: one event a mail, or one
 * at the end of a connection without any. Paths are as they were given, header fields decoded (RFC
 * 2047). What else is known of the connection is under {@code tapwarden.smtp}.
 */
final class SmtpEve {
  static final String EVENT = "smtp";

  private SmtpEve() {}

  /**
   * @param status how far the message was read, in Suricata's words; empty if none was sent
   */
  static void write(
      Report report, int number, SmtpSession session, MailFacts facts, String status) {
    JsonWriter json = report.begin(EVENT);
    json.field("tx_id", number).name("smtp").beginObject();
    if (session.helo.length > 0) {
      json.name("helo").value(session.helo, 0, session.helo.length);
    }
    facts.write(json, "mail_from", MailField.SENDER);
    facts.writeAll(json, "rcpt_to", MailField.RECIPIENT);
    json.endObject();
    if (!status.isEmpty()) {
      writeMail(json, facts, status);
    }
    if (session.mechanism.length > 0 || session.secured) {
      json.name("tapwarden").beginObject().name("smtp").beginObject();
      if (session.mechanism.length > 0) {
        json.name("auth").value(session.mechanism, 0, session.mechanism.length);
        json.field("auth_accepted", session.authenticated);
      }
      json.field("starttls", session.secured);
      json.endObject().endObject();
    }
    report.end(json);
  }

  private static void writeMail(JsonWriter json, MailFacts facts, String status) {
    json.name("email").beginObject().field("status", status);
    facts.write(json, "from", MailField.FROM);
    facts.writeAll(json, "to", MailField.TO);
    facts.writeAll(json, "cc", MailField.CC);
    facts.write(json, "subject", MailField.SUBJECT);
    facts.write(json, "date", MailField.DATE);
    facts.write(json, "message_id", MailField.MESSAGE_ID);
    facts.write(json, "x_mailer", MailField.MAILER);
    facts.writeAll(json, "attachment", MailField.ATTACHMENT);
    json.endObject();
  }
}
