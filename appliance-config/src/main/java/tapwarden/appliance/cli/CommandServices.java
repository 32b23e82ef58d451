package tapwarden.appliance.cli;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * What the commands need of the engine. The commands parse the words of the command line, load the
 * configuration, print, and turn results into exit codes; everything that touches a packet is
 * behind this interface.
 */
public interface CommandServices {

  /**
   * Inspects captures as one stream with one state and returns after the last frame, when all that
   * belongs to it ({@code eve.json}, evidence, {@code coverage.json}) is on disk, or early after
   * {@link SessionView#stop()}; what was read until then is complete too.
   *
   * <p>Damage in a capture is no exception: it is in the result's {@link Coverage.Input#damage()}.
   *
   * @throws CaptureException when a capture cannot be opened or the filter is not one
   * @throws IOException when something else keeps the session from going on, such as a log
   *     directory that cannot be made
   */
  SessionResult replay(ReplayRequest request, SessionListener listener) throws IOException;

  /**
   * Inspects live interfaces until {@link SessionView#stop()}, then drains what is under way and
   * returns.
   *
   * @throws CaptureException when an interface cannot be listened to or the filter is not one
   * @throws IOException when something else keeps the session from going on
   */
  SessionResult run(RunRequest request, SessionListener listener) throws IOException;

  /**
   * Says in words what frames consist of: every layer, every field, what is malformed.
   *
   * @param lines gets one line after the other, without line ends; all that comes from packets is
   *     already harmless to a terminal
   * @return what the input was like, for the exit code
   */
  SessionResult explain(ExplainRequest request, Consumer<String> lines) throws IOException;
}
