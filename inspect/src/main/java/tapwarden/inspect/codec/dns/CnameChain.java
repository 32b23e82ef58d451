package tapwarden.inspect.codec.dns;

import java.util.Arrays;
import tapwarden.inspect.codec.dns.DnsMessage.Section;

/**
 * The names that an answer leads to from its first question: the question itself, then what CNAME
 * records of the answer section say of it and of each other (RFC 1034 §3.6.2). A record whose owner
 * is none of these names answers something that nobody asked. Reused for every message, without any
 * allocation; valid as long as the message is.
 *
 * <p>Each name knows the one that led to it, so that a name beside the way to a record is not taken
 * for one of its names. At most {@link #MOST_NAMES}; a chain that is longer is cut and said to be.
 */
public final class CnameChain {
  /** Names followed, the question included; resolvers give up after 8 to 16. */
  public static final int MOST_NAMES = 16;

  private static final int IN = 1;

  private final int[] start = new int[MOST_NAMES];
  private final int[] length = new int[MOST_NAMES];
  private final int[] cause = new int[MOST_NAMES];
  private byte[] text = new byte[0];
  private int count;
  private boolean cut;

  /** Follows the message's aliases; for a query that leaves the question alone. */
  public void follow(DnsMessage message) {
    text = message.lowerNames();
    count = 0;
    cut = false;
    if (message.count(Section.QUESTION) == 0) {
      return;
    }
    add(message.nameStart(0), message.nameLength(0), -1);
    if (!message.isResponse()) {
      return;
    }
    int first = message.first(Section.ANSWER);
    int end = first + message.count(Section.ANSWER);
    for (int name = 0; name < count; name++) {
      for (int e = first; e < end; e++) {
        if (message.type(e) == DnsType.CNAME
            && message.dnsClass(e) == IN
            && message.hasTarget(e)
            && isName(name, message.nameStart(e), message.nameLength(e))) {
          add(message.targetStart(e), message.targetLength(e), name);
        }
      }
    }
  }

  private void add(int nameStart, int nameLength, int from) {
    if (indexOf(nameStart, nameLength) >= 0) {
      return;
    }
    if (count == MOST_NAMES) {
      cut = true;
      return;
    }
    start[count] = nameStart;
    length[count] = nameLength;
    cause[count++] = from;
  }

  /** Names of the chain; 0 for a message without a question. */
  public int count() {
    return count;
  }

  /** Whether there were more aliases than are followed. */
  public boolean isCut() {
    return cut;
  }

  /** Which name of the chain owns the record, or -1 if none of them does or its class is not IN. */
  public int ownerOf(DnsMessage message, int entry) {
    return message.dnsClass(entry) == IN
        ? indexOf(message.nameStart(entry), message.nameLength(entry))
        : -1;
  }

  /** The name that leads to that one, or -1 for the question, which is name 0. */
  public int cause(int name) {
    return cause[name];
  }

  /** Where the name starts in {@link DnsMessage#lowerNames()}. */
  public int start(int name) {
    return start[name];
  }

  public int length(int name) {
    return length[name];
  }

  private int indexOf(int nameStart, int nameLength) {
    for (int i = 0; i < count; i++) {
      if (isName(i, nameStart, nameLength)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isName(int name, int nameStart, int nameLength) {
    return length[name] == nameLength
        && Arrays.equals(
            text, start[name], start[name] + nameLength, text, nameStart, nameStart + nameLength);
  }
}
