package tapwarden.appliance.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import tapwarden.appliance.config.Visible;
import tapwarden.capture.source.file.CaptureFormatException;
import tapwarden.capture.source.live.BpfSyntaxException;
import tapwarden.capture.source.live.CaptureException.Reason;

/** Says to a person why a command could not do what it should. */
final class Failures {
  private Failures() {}

  /** Prints one line and gives the exit code. */
  static ExitCode report(Terminal terminal, IOException e) {
    String[] lines = sentence(e).split("\n", -1);
    terminal.err().println("error: " + Visible.text(lines[0]));
    for (int i = 1; i < lines.length; i++) {
      terminal.err().println("  " + Visible.text(lines[i]));
    }
    return switch (e) {
      case BpfSyntaxException filter -> ExitCode.WRONG_USAGE;
      case tapwarden.capture.source.live.CaptureException live ->
          live.reason() == Reason.INTERFACE_LOST ? ExitCode.FAILED : ExitCode.CAPTURE_NOT_POSSIBLE;
      case CaptureException capture -> ExitCode.CAPTURE_NOT_POSSIBLE;
      case CaptureFormatException format -> ExitCode.CAPTURE_NOT_POSSIBLE;
      default -> ExitCode.FAILED;
    };
  }

  /** Says what failed in a session that came to its end; whether anything did. */
  static boolean lost(Terminal terminal, SessionResult result) {
    result.losses().forEach(loss -> terminal.err().println("error: " + Visible.text(loss)));
    return !result.losses().isEmpty();
  }

  static String sentence(IOException e) {
    String message = e.getMessage();
    return switch (e) {
      case NoSuchFileException missing -> "there is no file " + missing.getFile();
      case AccessDeniedException denied -> "permission denied: " + denied.getFile();
      case FileSystemException other -> other.getFile() + ": " + other.getReason();
      default -> message == null ? e.getClass().getSimpleName() : message;
    };
  }
}
