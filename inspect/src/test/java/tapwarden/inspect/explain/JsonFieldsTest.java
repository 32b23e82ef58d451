package tapwarden.inspect.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.json.JsonWriter;

class JsonFieldsTest {
  private final JsonWriter json = new JsonWriter(4096);

  private List<String> fields() {
    Fields out = new Fields(mac -> null);
    JsonFields.add(json, Set.of("tapwarden", "ssh"), out);
    List<String> lines = new ArrayList<>();
    add(lines, out.build(), "");
    return lines;
  }

  private static void add(List<String> lines, List<ExplainedField> fields, String indent) {
    for (ExplainedField field : fields) {
      lines.add(indent + field.name() + "=" + field.value());
      add(lines, field.fields(), indent + "  ");
    }
  }

  @Test
  void passesOverTheObjectsThatOnlyWrap() {
    json.beginObject().name("ssh").beginObject().name("client_version").value("2.0");
    json.endObject().endObject();
    assertThat(fields()).containsExactly("Client version=2.0");
  }

  @Test
  void showsWhatIsNestedAsPartsAndListsOnOneLine() {
    json.beginObject().name("a").beginObject().name("b").value(7).name("c").value(true);
    json.endObject().name("l").beginArray().value(1).value("x").endArray();
    json.name("o").beginArray().beginObject().name("p").value(1).endObject();
    json.beginObject().name("p").value(2).endObject().endArray().endObject();
    assertThat(fields())
        .containsExactly("A=", "  B=7", "  C=true", "L=1, x", "O=1", "  P=1", "O=2", "  P=2");
  }

  @Test
  void whatTheWireSaidIsHarmlessAndEscapedOnce() {
    json.beginObject().name("t").value("a\"\\\u001b\u202e\n{}[],é").endObject();
    assertThat(fields()).hasSize(1);
    assertThat(fields().getFirst()).startsWith("T=a\\\"\\\\").endsWith("{}[],é");
    assertThat(fields().getFirst().chars()).allMatch(c -> c >= ' ' && c != 0x202e);
  }

  @Test
  void longTextsAreCut() {
    json.beginObject().name("t").value("x".repeat(600)).endObject();
    assertThat(fields()).containsExactly("T=" + "x".repeat(512) + " and 88 more");
  }

  @Test
  void anEventThatWasTooLongIsSaidToBe() {
    json.beginObject().name("t").value("x".repeat(5000)).endObject();
    assertThat(fields()).containsExactly("Not shown=an event that is too long");
  }
}
