package tapwarden.inspect.explain;

import java.util.ArrayList;
import java.util.List;

/** Lays an explanation out as indented lines of text. */
final class ExplanationText {
  private static final String INDENT = "  ";

  private ExplanationText() {}

  static List<String> lines(FrameExplanation frame) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Frame %d: %s, %d bytes%s, %s"
            .formatted(
                frame.number(),
                frame.timestamp(),
                frame.wireLength(),
                frame.capturedLength() == frame.wireLength()
                    ? ""
                    : " of which " + frame.capturedLength() + " were captured",
                frame.linkType()));
    for (ExplainedLayer layer : frame.layers()) {
      lines.add(INDENT + layer.title() + place(layer.offset(), layer.length()));
      addFields(lines, layer.fields(), INDENT + INDENT);
    }
    for (ExplainedBytes bytes : frame.remains()) {
      lines.add(INDENT + bytes.title() + place(bytes.offset(), bytes.length()));
      for (String dump : bytes.dump()) {
        lines.add(INDENT + INDENT + dump);
      }
    }
    for (ExplainedFault fault : frame.faults()) {
      lines.add(INDENT + "Malformed: " + fault.code() + ": " + fault.sentence());
    }
    return lines;
  }

  private static String place(int offset, int length) {
    return switch (length) {
      case 0 -> ", at byte " + offset;
      case 1 -> ", byte " + offset;
      default -> ", bytes %d to %d (%d)".formatted(offset, offset + length - 1, length);
    };
  }

  private static void addFields(List<String> lines, List<ExplainedField> fields, String indent) {
    for (ExplainedField field : fields) {
      StringBuilder line = new StringBuilder(indent).append(field.name());
      if (!field.value().isEmpty()) {
        line.append(": ").append(field.value());
      }
      if (!field.meaning().isEmpty()) {
        line.append(": ").append(field.meaning());
      }
      lines.add(line.toString());
      addFields(lines, field.fields(), indent + INDENT);
    }
  }
}
