package tapwarden.inspect.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counters;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.ring.RingOptions;
import tapwarden.capture.source.file.CaptureFormatException;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.inspect.alert.Alert;
import tapwarden.inspect.alert.IncidentOptions;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.IdentityOptions;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.equipment.Policies;
import tapwarden.inspect.flow.FlowOptions;
import tapwarden.inspect.fragment.FragmentOptions;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.pipeline.EventSelection;
import tapwarden.inspect.pipeline.Inspection;
import tapwarden.inspect.pipeline.InspectionListener;
import tapwarden.inspect.pipeline.InspectionOptions;
import tapwarden.inspect.pipeline.SourceNames;
import tapwarden.inspect.sink.evidence.EvidenceOptions;
import tapwarden.inspect.stream.StreamOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events that a whole inspection, from frames to EVE, makes of a capture; with tables that are
 * large enough for captures, so that many can be read one after the other.
 */
public final class CaptureEvents {
  private static final RingOptions RING =
      new RingOptions(1, 4, 512, FrameBatch.MAX_FRAME_BYTES, RingOptions.Wait.BLOCKING);

  private static final int MOST_FLOWS = 20_000;
  private static final FlowOptions FLOWS =
      new FlowOptions(
          MOST_FLOWS,
          FlowOptions.DEFAULT.vlanInKey(),
          FlowOptions.DEFAULT.tunnelInKey(),
          FlowOptions.DEFAULT.tcpNewTimeoutSeconds(),
          FlowOptions.DEFAULT.tcpEstablishedTimeoutSeconds(),
          FlowOptions.DEFAULT.tcpClosedTimeoutSeconds(),
          FlowOptions.DEFAULT.udpNewTimeoutSeconds(),
          FlowOptions.DEFAULT.udpEstablishedTimeoutSeconds(),
          FlowOptions.DEFAULT.otherTimeoutSeconds());
  private static final StreamOptions STREAMS =
      new StreamOptions(
          MOST_FLOWS,
          StreamOptions.DEFAULT.memoryBytes(),
          StreamOptions.DEFAULT.heldBytesADirection(),
          StreamOptions.DEFAULT.heldSegmentsADirection(),
          StreamOptions.DEFAULT.depthBytes(),
          StreamOptions.DEFAULT.policies(),
          StreamOptions.DEFAULT.checksums());

  private CaptureEvents() {}

  /**
   * @param scratch where quarantined frames go
   * @param types the types of events that are wanted
   */
  public static List<JsonNode> of(Path capture, Path scratch, String... types) throws IOException {
    Taker taker = new Taker();
    InspectionOptions options = options(scratch, types);
    try (Inspection inspection =
            new Inspection(options, new Counters(), new OneFile(capture), null, taker);
        SequenceSource source = SequenceSource.open(List.of(capture.toString()), false)) {
      inspection.read(source);
      inspection.finish();
    } catch (CaptureFormatException refused) {
      // No capture to this reader: there is nothing in it, so that the comparison tells.
    }
    return taker.events;
  }

  private static InspectionOptions options(Path scratch, String... types) {
    return new InspectionOptions(
        scratch,
        RING,
        FLOWS,
        FragmentOptions.DEFAULT,
        STREAMS,
        IdentityOptions.DEFAULT,
        IncidentOptions.DEFAULT,
        EvidenceOptions.DEFAULT,
        Networks.standard(),
        EquipmentDirectory.empty(),
        Policies.none(),
        () -> IndicatorSet.EMPTY,
        List.of(),
        EventSelection.of(List.of(types)),
        3,
        false);
  }

  /** The alert desk's thread fills it; it is read when that thread has ended. */
  private static final class Taker implements InspectionListener {
    final List<JsonNode> events = new ArrayList<>();

    @Override
    public void eve(JsonWriter line, long tickNanos, @Nullable Alert alert) {
      events.add(JsonMapper.shared().readTree(line.toString()));
    }
  }

  private record OneFile(Path capture) implements SourceNames {
    @Override
    public Place of(int interfaceIndex) {
      return new Place(false, capture.toString(), 0);
    }

    @Override
    public Place ofNumber(long packetNumber) {
      return of(0);
    }

    @Override
    public List<String> interfaceNames() {
      return List.of();
    }
  }
}
