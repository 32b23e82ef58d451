package tapwarden.inspect.protocol.tftp;

/** What a request asks for: handed from the flow of the request to the one of the transfer. */
final class TftpTransfer {
  static final int DEFAULT_BLOCK_BYTES = 512;

  private final byte[] file;
  private final byte[] mode;
  private final boolean isWrite;

  /**
   * @param file name as it was on the wire
   * @param mode the same of the mode
   */
  TftpTransfer(byte[] file, byte[] mode, boolean isWrite) {
    this.file = file;
    this.mode = mode;
    this.isWrite = isWrite;
  }

  byte[] file() {
    return file;
  }

  byte[] mode() {
    return mode;
  }

  boolean isWrite() {
    return isWrite;
  }

  /** EVE's word for the kind of request. */
  String packetWord() {
    return isWrite ? "write" : "read";
  }
}
