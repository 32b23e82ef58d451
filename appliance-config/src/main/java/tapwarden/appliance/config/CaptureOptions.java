package tapwarden.appliance.config;

import java.util.List;
import tapwarden.capture.source.live.LiveOptions;

/**
 * Which interfaces {@code run} listens to and how; all in the same way.
 *
 * @param each how each interface is opened; its name is empty
 */
public record CaptureOptions(List<String> interfaces, LiveOptions each) {
  public static final CaptureOptions DEFAULT = new CaptureOptions(List.of(), LiveOptions.of(""));

  public CaptureOptions {
    interfaces = List.copyOf(interfaces);
  }

  /** The options of each interface, in order. */
  public List<LiveOptions> live() {
    return interfaces.stream()
        .map(name ->
            new LiveOptions(
                name,
                each.snapLengthBytes(),
                each.promiscuous(),
                each.bufferBytes(),
                each.blockMillis(),
                each.filter(),
                each.nanoseconds()))
        .toList();
  }
}
