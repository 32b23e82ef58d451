package tapwarden.inspect.codec.mail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.stream.StreamMemory;
import tools.jackson.databind.json.JsonMapper;

class MailFuzzTest {
  /** Any lines: the bounds hold, and the memory is given back. */
  @FuzzTest
  void readsAnyMessage(byte[] data) {
    StreamMemory memory = new StreamMemory(1 << 20);
    MailFacts facts = new MailFacts(memory);
    MailReader reader = new MailReader(memory, facts);
    int start = 0;
    for (int at = 0; at <= data.length; at++) {
      if (at == data.length || data[at] == '\n') {
        reader.line(data, start, at);
        start = at + 1;
      }
    }
    check(memory.usedBytes() <= MailReader.MOST_HEADER_BYTES + 2 * MailFacts.MOST_BYTES, "bounds");
    reader.end();
    JsonWriter json = new JsonWriter().reset().beginObject();
    for (MailField field : MailField.values()) {
      facts.writeAll(json, field.name(), field);
      check(facts.has(field) == facts.count(field) > 0, "count");
    }
    check(JsonMapper.shared().readTree(json.endObject().toString()).isObject(), "JSON");
    facts.clear();
    check(memory.usedBytes() == 0, "memory given back");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
