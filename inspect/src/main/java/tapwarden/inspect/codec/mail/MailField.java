package tapwarden.inspect.codec.mail;

/** What is kept of a mail's envelope, head and parts. */
public enum MailField {
  /** Argument of MAIL FROM. */
  SENDER(512),
  /** Argument of RCPT TO. */
  RECIPIENT(512),
  FROM(1_024),
  TO(512),
  CC(512),
  SUBJECT(1_024),
  DATE(128),
  MESSAGE_ID(512),
  MAILER(256),
  /** Name of an attached file. */
  ATTACHMENT(1_024),
  /** What separates the parts of a multipart message; not told to anybody. */
  BOUNDARY(128);

  private final int mostBytes;

  MailField(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Longest value that is kept; the rest is cut off. */
  int mostBytes() {
    return mostBytes;
  }
}
