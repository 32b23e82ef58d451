package tapwarden.inspect.codec.ftp;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One transfer over a data connection (RFC 959 §5.1). The address comes first, on the control
 * connection, and what is transferred later: whoever reads the data connection asks when data has
 * come.
 */
public final class FtpTransfer {
  private static final Set<String> LISTINGS = Set.of("LIST", "NLST", "MLSD");
  private static final Set<String> FILES = Set.of("RETR", "STOR", "STOU", "APPE");

  private static final byte[] NOTHING = {};

  private byte[] fileName = NOTHING;

  /** Written last, so that whoever sees it sees the name too. */
  private volatile @Nullable String command;

  /** Whether a command moves data over such a connection. */
  public static boolean isTransfer(String command) {
    return LISTINGS.contains(command) || FILES.contains(command);
  }

  /**
   * Says what is transferred; the first word counts.
   *
   * @param command in upper case
   * @param fileName as the client gave it; empty if it gave none
   */
  public void begin(String command, byte[] fileName) {
    if (this.command == null) {
      this.fileName = fileName;
      this.command = command;
    }
  }

  /** The command; null if it is not known yet. */
  public @Nullable String command() {
    return command;
  }

  /** Bytes of the file's name; empty if it is not known, or a directory is listed. */
  public byte[] fileName() {
    return command == null || isListing() ? NOTHING : fileName;
  }

  /** A directory's listing, which is no file. */
  public boolean isListing() {
    String known = command;
    return known != null && LISTINGS.contains(known);
  }
}
