package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.json.JsonWriter;

/**
 * A protocol of which each datagram is a message and a fact of its own, told by an event of the
 * type that is called as the protocol is. The first datagram of a flow that cannot be read shows
 * that the flow is another protocol's; a later one is unusual.
 *
 * <p>One message is at hand at a time: {@link #read} takes it in, and the rest speaks of it.
 */
public abstract class MessageProtocol implements Protocol {
  /** Where the datagram at hand is copied to. */
  protected final DatagramBytes bytes = new DatagramBytes();

  private final String word;
  private final int mostEventsAMinute;

  /**
   * @param word the protocol's, and that of its events
   * @param mostEventsAMinute most events of one flow
   */
  protected MessageProtocol(String word, int mostEventsAMinute) {
    this.word = word;
    this.mostEventsAMinute = mostEventsAMinute;
  }

  /** Takes in a message; false if it is none. */
  protected abstract boolean read(byte[] datagram, int length);

  /** Tells what is unusual in the message, and what devices say of themselves with it. */
  protected abstract void tell(Report report, boolean toServer);

  /** Writes what its event says of the message. */
  protected abstract void write(JsonWriter json);

  @Override
  public final DatagramReader newDatagrams(@Nullable Object note) {
    return new Flow();
  }

  private final class Flow implements DatagramReader {
    private final EventBudget budget = new EventBudget(mostEventsAMinute);
    private boolean anyRead;

    @Override
    public boolean datagram(
        Report report, boolean toServer, MemorySegment segment, long offset, int length) {
      if (!read(bytes.copy(segment, offset, length), length)) {
        if (!anyRead) {
          report.violated("no_" + word);
          return false;
        }
        report.oddity("unreadable");
        return true;
      }
      anyRead = true;
      tell(report, toServer);
      if (report.wants(word) && budget.take(report)) {
        JsonWriter json = report.begin(word, toServer);
        write(json);
        report.end(json);
      }
      return true;
    }
  }
}
