package tapwarden.appliance;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tapwarden.appliance.cli.Coverage;
import tapwarden.appliance.cli.ExplainRequest;
import tapwarden.appliance.cli.Outages;
import tapwarden.appliance.cli.SessionResult;
import tapwarden.capture.count.Counters;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.PacketSource;
import tapwarden.capture.source.file.InputReport;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.capture.source.live.FilteredSource;
import tapwarden.inspect.equipment.OuiTable;
import tapwarden.inspect.explain.ExplanationJson;
import tapwarden.inspect.explain.FrameExplainer;
import tapwarden.inspect.explain.FrameExplanation;
import tapwarden.inspect.json.JsonWriter;

/** Explains frames of capture files one after the other; keeps no state between them. */
final class ExplainSession {
  private static final int BATCH_FRAMES = 256;

  private final ExplainRequest request;
  private final SequenceSource files;
  private final JsonWriter json = new JsonWriter();

  ExplainSession(ExplainRequest request, SequenceSource files) {
    this.request = request;
    this.files = files;
  }

  SessionResult run(Consumer<String> lines) throws IOException {
    Counters counters = new Counters();
    String expression = request.filter();
    PacketSource source =
        expression == null ? files : new FilteredSource(files, expression, counters.newBlock());
    FrameExplainer explainer = new FrameExplainer(OuiTable.standard()::organisation);
    FrameBatch batch = new FrameBatch(BATCH_FRAMES, 2 * FrameBatch.MAX_FRAME_BYTES);
    Frame frame = new Frame();
    long next = 1;
    boolean done = false;
    while (!done) {
      batch.clear();
      int added = source.read(batch);
      if (added == PacketSource.END) {
        break;
      }
      batch.firstNumber(next);
      next += added + batch.rejected();
      for (int i = 0; i < added && !done; i++) {
        batch.frame(i, frame);
        if (request.packet() == 0 || frame.number() == request.packet()) {
          tell(explainer.explain(frame), lines);
          done = request.packet() != 0;
        }
      }
    }
    return result(counters, next - 1);
  }

  private void tell(FrameExplanation explanation, Consumer<String> lines) {
    if (request.json()) {
      ExplanationJson.write(explanation, json.reset());
      lines.accept(json.toString());
    } else {
      explanation.lines().forEach(lines);
    }
  }

  private SessionResult result(Counters counters, long frames) {
    List<Coverage.Input> inputs = files.reports().stream().map(r -> input(r)).toList();
    return new SessionResult(
        new Coverage(
            Coverage.Frames.of(counters, frames),
            Map.of(),
            Map.of(),
            0,
            0,
            Map.of(),
            inputs,
            List.of(),
            new Coverage.Mirror(0, 0, 0, 0, 0),
            Coverage.sums(counters)),
        List.of());
  }

  private static Coverage.Input input(InputReport report) {
    return new Coverage.Input(
        report.path(),
        Coverage.Digest.NOT_WANTED,
        report.compression(),
        report.bytes(),
        report.frames(),
        null,
        null,
        report.damage(),
        Outages.NONE);
  }
}
