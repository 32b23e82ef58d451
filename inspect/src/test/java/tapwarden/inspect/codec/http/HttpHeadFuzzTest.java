package tapwarden.inspect.codec.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

class HttpHeadFuzzTest {
  private final HttpHead head = new HttpHead();

  /** All places lie in what was read, and names and values do not overlap. */
  @FuzzTest
  void readsAnyBytesWithinBounds(byte[] data) {
    byte[] copy = data.clone();
    int start = data.length / 8;
    StartLine.Kind kind = head.read(copy, start, data.length);
    StartLine line = head.startLine();
    if (kind == StartLine.Kind.REQUEST) {
      check(start <= line.methodStart() && line.methodStart() < line.methodEnd(), "method");
      check(line.methodEnd() <= line.targetStart(), "target behind the method");
      check(line.targetStart() <= line.targetEnd(), "target");
      check(line.targetEnd() <= line.versionStart(), "version behind the target");
      check(line.versionEnd() <= data.length, "version");
    } else if (kind == StartLine.Kind.RESPONSE) {
      check(line.versionEnd() <= line.statusStart(), "status behind the version");
      check(line.statusStart() <= line.statusEnd() && line.statusEnd() <= data.length, "status");
    }
    int last = start;
    for (int i = 0; i < head.lines(); i++) {
      check(last <= head.nameStart(i) && head.nameStart(i) < head.nameEnd(i), "name");
      check(head.nameEnd(i) < head.valueStart(i) + 1, "value behind the name");
      check(head.valueStart(i) <= head.valueEnd(i), "value");
      last = head.valueEnd(i);
    }
    check(last <= data.length, "end");
    for (int i = 0; i < start; i++) {
      check(copy[i] == data[i], "written before the start");
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
