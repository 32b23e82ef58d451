package tapwarden.inspect.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.flow.FlowSnapshot;

/**
 * What a detector says at one packet. Findings about the same (subject, endpoint, detector) fold
 * into one alert.
 *
 * @param score 0 to 100
 * @param because the reasons in words, most important first, values included
 * @param firstPacketNumber number of the packet that opened the contact
 * @param firstPacketNanos its time; the alert's id is made from it
 * @param packetNumber number of the packet that completed the finding
 */
public record Finding(
    Signature signature,
    Subject subject,
    Endpoint endpoint,
    int protocol,
    Stage stage,
    int score,
    List<String> because,
    @Nullable FlowSnapshot flow,
    long firstPacketNumber,
    long firstPacketNanos,
    long packetNumber,
    long packetNanos) {
  public Finding {
    because = List.copyOf(because);
  }
}
