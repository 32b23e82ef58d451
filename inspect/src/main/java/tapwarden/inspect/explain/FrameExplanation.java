package tapwarden.inspect.explain;

import java.util.List;

/**
 * A frame in words.
 *
 * @param number place of the frame in its input, from 1
 * @param timestamp capture time in UTC, {@code 2026-01-02T03:04:05.123456789Z}
 * @param wireLength bytes on the wire
 * @param capturedLength bytes captured
 * @param linkType link type and its name
 * @param layers from the outermost
 * @param faults what is wrong
 * @param remains bytes that no layer explains
 */
public record FrameExplanation(
    long number,
    String timestamp,
    int wireLength,
    int capturedLength,
    String linkType,
    List<ExplainedLayer> layers,
    List<ExplainedFault> faults,
    List<ExplainedBytes> remains) {
  public FrameExplanation {
    layers = List.copyOf(layers);
    faults = List.copyOf(faults);
    remains = List.copyOf(remains);
  }

  /** The explanation as lines of indented text, without line ends. */
  public List<String> lines() {
    return ExplanationText.lines(this);
  }
}
