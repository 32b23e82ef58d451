package tapwarden.inspect.protocol.sip;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.http.HeadScanner;
import tapwarden.inspect.protocol.DatagramBytes;
import tapwarden.inspect.protocol.DatagramReader;
import tapwarden.inspect.protocol.EventBudget;
import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Protocol;
import tapwarden.inspect.protocol.Recognition;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;

/** Reads SIP: each message is a fact of its own. */
final class SipProtocol implements Protocol {
  /** Most events a minute and flow. */
  static final int MAX_EVENTS_A_MINUTE = 256;

  /** Line ends, blanks, zeros (RFC 5626 §3.5), and short words of some phones, keep paths open. */
  private static final int MAX_KEEP_ALIVE_BYTES = 4;

  private final StreamMemory memory;
  private final DatagramBytes bytes = new DatagramBytes();
  private final HeadScanner scanner = new HeadScanner();
  private final SipMessage message = new SipMessage();
  private final SipFacts facts = new SipFacts();

  SipProtocol(StreamMemory memory) {
    this.memory = memory;
  }

  @Override
  public boolean mayBegin(boolean isStream, int firstByte) {
    return SipOpening.mayBegin(firstByte);
  }

  @Override
  public Recognition recognise(Opening opening) {
    return SipOpening.recognise(opening);
  }

  @Override
  public DatagramReader newDatagrams(@Nullable Object note) {
    return new Flow();
  }

  @Override
  public StreamReader newStream(@Nullable Object note) {
    return new SipStream(memory, bytes, message, facts);
  }

  private final class Flow implements DatagramReader {
    private final EventBudget budget = new EventBudget(MAX_EVENTS_A_MINUTE);
    private boolean anyRead;

    @Override
    public boolean datagram(
        Report report, boolean toServer, MemorySegment segment, long offset, int length) {
      byte[] datagram = bytes.copy(segment, offset, length);
      int start = 0;
      while (start < length && datagram[start] <= ' ' && datagram[start] >= 0) {
        start++;
      }
      if (start == length || length <= MAX_KEEP_ALIVE_BYTES) {
        return true;
      }
      scanner.reset(false);
      int headEnd = scanner.scan(datagram, start, length);
      if (!message.readHead(datagram, start, headEnd < 0 ? length : headEnd)) {
        if (!anyRead) {
          report.violated("no_sip");
          return false;
        }
        report.oddity("unreadable");
        return true;
      }
      anyRead = true;
      message.bodyUpTo(length);
      facts.tell(report, budget, toServer, message, message.head().oddities());
      return true;
    }
  }
}
