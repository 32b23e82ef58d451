package tapwarden.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tapwarden.appliance.cli.CaptureException;
import tapwarden.appliance.cli.CommandServices;
import tapwarden.appliance.cli.ExplainRequest;
import tapwarden.appliance.cli.ReplayRequest;
import tapwarden.appliance.cli.RunRequest;
import tapwarden.appliance.cli.SessionListener;
import tapwarden.appliance.cli.SessionResult;
import tapwarden.capture.source.file.CaptureFiles;
import tapwarden.capture.source.file.CaptureFormatException;
import tapwarden.capture.source.file.SequenceSource;

/**
 * The commands' engine: opens sources, wires an inspection to sinks, and reports what came of it.
 */
public final class Engine implements CommandServices {
  @Override
  public SessionResult replay(ReplayRequest request, SessionListener listener) throws IOException {
    CaptureFiles.Expansion captures = expand(request.captures());
    captures.skipped().forEach(s -> listener.notice("skipped " + s.path() + ": " + s.why()));
    try (SequenceSource files = open(captures.inputs(), request.hashInputs())) {
      ReplaySession session = new ReplaySession(request, files, captures.inputs(), listener);
      return session.run();
    }
  }

  @Override
  public SessionResult run(RunRequest request, SessionListener listener) throws IOException {
    try (LiveSession session = new LiveSession(request, listener)) {
      return session.run();
    }
  }

  @Override
  public SessionResult explain(ExplainRequest request, Consumer<String> lines) throws IOException {
    CaptureFiles.Expansion captures = expand(request.captures());
    try (SequenceSource files = open(captures.inputs(), false)) {
      return new ExplainSession(request, files).run(lines);
    }
  }

  private static CaptureFiles.Expansion expand(List<Path> captures) throws CaptureException {
    List<String> words = new ArrayList<>();
    for (Path capture : captures) {
      words.add(
          capture.equals(ReplayRequest.STANDARD_INPUT)
              ? CaptureFiles.STANDARD_INPUT
              : capture.toString());
    }
    try {
      return CaptureFiles.expand(words);
    } catch (IOException e) {
      throw new CaptureException(message(e), e);
    }
  }

  private static SequenceSource open(List<String> inputs, boolean hashed) throws CaptureException {
    try {
      return SequenceSource.open(inputs, hashed);
    } catch (IOException e) {
      throw new CaptureException(message(e), e);
    }
  }

  static String message(IOException problem) {
    String text = problem.getMessage();
    return problem instanceof CaptureFormatException || text != null
        ? String.valueOf(text)
        : problem.getClass().getSimpleName();
  }

  /** Makes the log directory. */
  static void prepare(Path directory) throws IOException {
    Files.createDirectories(directory);
  }
}
