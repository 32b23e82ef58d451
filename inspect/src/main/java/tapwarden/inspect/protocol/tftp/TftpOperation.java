package tapwarden.inspect.protocol.tftp;

/** What a TFTP packet begins with (RFC 1350 §5, RFC 2347). */
final class TftpOperation {
  static final int READ = 1;
  static final int WRITE = 2;
  static final int DATA = 3;
  static final int ACKNOWLEDGE = 4;
  static final int ERROR = 5;
  static final int ACKNOWLEDGE_OPTIONS = 6;

  private TftpOperation() {}
}
