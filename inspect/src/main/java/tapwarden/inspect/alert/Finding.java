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
 * @param news what of it was not said of its contact or look-up before; alerts count by that
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
    long packetNanos,
    News news) {
  /** What a finding says for the first time of its contact (a flow) or look-up. */
  public enum News {
    /** It is the detector's first about the contact or look-up. */
    CONTACT,

    /** There were others, but none of this severity. */
    SEVERITY,

    /** The contact got further, or the look-up was answered. */
    PROGRESS
  }

  public Finding {
    because = List.copyOf(because);
  }

  /** The first about its contact. */
  public Finding(
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
    this(
        signature,
        subject,
        endpoint,
        protocol,
        stage,
        score,
        because,
        flow,
        firstPacketNumber,
        firstPacketNanos,
        packetNumber,
        packetNanos,
        News.CONTACT);
  }

  /** The same with other news. */
  public Finding with(News others) {
    return with(endpoint, protocol, others);
  }

  /** The same about another endpoint. */
  Finding about(Endpoint other, int otherProtocol) {
    return with(other, otherProtocol, news);
  }

  private Finding with(Endpoint aboutWhom, int byProtocol, News whatIsNew) {
    return new Finding(
        signature,
        subject,
        aboutWhom,
        byProtocol,
        stage,
        score,
        because,
        flow,
        firstPacketNumber,
        firstPacketNanos,
        packetNumber,
        packetNanos,
        whatIsNew);
  }
}
