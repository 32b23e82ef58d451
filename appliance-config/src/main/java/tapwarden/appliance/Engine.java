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
    CaptureFiles.Expansion captures = expand(request);
    captures.skipped().forEach(s -> listener.notice("skipped " + s.path() + ": " + s.why()));
    try (SequenceSource files = open(captures.inputs(), request)) {
      ReplaySession session = new ReplaySession(request, files, captures, listener);
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

  private static CaptureFiles.Expansion expand(ReplayRequest request) throws CaptureException {
    boolean there = request.captures().stream().allMatch(Engine::canBeRead);
    if (request.refusedIsDamage() && there) {
      return new CaptureFiles.Expansion(words(request.captures()), List.of());
    }
    return expand(request.captures());
  }

  private static boolean canBeRead(Path capture) {
    return Files.isRegularFile(capture) && Files.isReadable(capture);
  }

  private static CaptureFiles.Expansion expand(List<Path> captures) throws CaptureException {
    try {
      return CaptureFiles.expand(words(captures));
    } catch (IOException e) {
      throw new CaptureException(message(e), e);
    }
  }

  private static List<String> words(List<Path> captures) {
    List<String> words = new ArrayList<>();
    for (Path capture : captures) {
      words.add(
          capture.equals(ReplayRequest.STANDARD_INPUT)
              ? CaptureFiles.STANDARD_INPUT
              : capture.toString());
    }
    return words;
  }

  private static SequenceSource open(List<String> inputs, ReplayRequest request)
      throws CaptureException {
    return request.refusedIsDamage()
        ? SequenceSource.inTurn(inputs, request.hashInputs())
        : open(inputs, request.hashInputs());
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
}
