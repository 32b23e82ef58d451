package tapwarden.inspect.protocol.http;

import java.util.Arrays;
import tapwarden.inspect.codec.http.HttpHead;
import tapwarden.inspect.codec.http.StartLine;

/** Copies what is kept out of a head. Where a header comes twice, the first counts. */
final class FactsReader {
  private static final Fact[] FACTS = Fact.values();
  private static final int FIRST_HEADER = Fact.HOST.ordinal();

  private final int[] starts = new int[FACTS.length];
  private final int[] ends = new int[FACTS.length];
  private boolean hasSecondHost;

  HeadFacts read(HttpHead head) {
    Arrays.fill(starts, 0);
    Arrays.fill(ends, 0);
    hasSecondHost = false;
    startLine(head.startLine());
    for (int line = 0; line < head.lines(); line++) {
      header(head, line);
    }
    return copy(head.bytes());
  }

  /** Whether the head that was read last has more than one Host, which servers refuse. */
  boolean hasSecondHost() {
    return hasSecondHost;
  }

  private void startLine(StartLine line) {
    put(Fact.VERSION, line.versionStart(), line.versionEnd());
    if (line.kind() == StartLine.Kind.REQUEST) {
      put(Fact.METHOD, line.methodStart(), line.methodEnd());
      put(Fact.TARGET, line.targetStart(), line.targetEnd());
    } else {
      put(Fact.STATUS, line.statusStart(), line.statusEnd());
    }
  }

  private void header(HttpHead head, int line) {
    for (int i = FIRST_HEADER; i < FACTS.length; i++) {
      if (head.isNamed(line, FACTS[i].header)) {
        if (ends[i] == 0) {
          put(FACTS[i], head.valueStart(line), head.valueEnd(line));
        } else if (FACTS[i] == Fact.HOST) {
          hasSecondHost = true;
        }
        return;
      }
    }
  }

  private void put(Fact fact, int start, int end) {
    starts[fact.ordinal()] = start;
    ends[fact.ordinal()] = Math.min(end, start + fact.mostBytes);
  }

  private HeadFacts copy(byte[] bytes) {
    int length = 0;
    for (int i = 0; i < FACTS.length; i++) {
      length += ends[i] - starts[i];
    }
    byte[] text = new byte[length];
    short[] places = new short[FACTS.length];
    int at = 0;
    for (int i = 0; i < FACTS.length; i++) {
      System.arraycopy(bytes, starts[i], text, at, ends[i] - starts[i]);
      at += ends[i] - starts[i];
      places[i] = (short) at;
    }
    return new HeadFacts(text, places);
  }
}
