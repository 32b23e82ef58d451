package tapwarden.inspect.pipeline;

import java.util.List;
import tapwarden.inspect.sink.evidence.EvidenceFrame;

/**
 * A packet that followed a finding on the same flow: evidence from after the alert.
 *
 * @param incidents keys of the incidents it belongs to
 */
record Aftermath(List<IncidentKey> incidents, EvidenceFrame frame) {
  Aftermath {
    incidents = List.copyOf(incidents);
  }
}
