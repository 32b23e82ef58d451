package tapwarden.inspect.protocol.ftpdata;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.file.FileDigests;
import tapwarden.inspect.codec.ftp.FtpTransfer;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.ProtocolContext;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.StreamReader;

/** Reads what it is told is a data connection; the bytes themselves tell nothing. */
final class FtpDataProtocol implements Protocol {
  private static final int COPIED_BYTES = 8 * 1024;

  final FileDigests digests;

  /** What is digested is copied here. */
  final byte[] copy = new byte[COPIED_BYTES];

  FtpDataProtocol(ProtocolContext context) {
    digests = new FileDigests(context.memory());
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return false;
  }

  @Override
  public Recognition recognise(Opening opening) {
    return Recognition.NO;
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new FtpDataReader(this, note instanceof FtpTransfer known ? known : new FtpTransfer());
  }
}
