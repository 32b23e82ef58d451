package tapwarden.appliance.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private final ConfigProblems problems = new ConfigProblems();

  private YamlValue read(String text) {
    return YamlReader.read(ConfigText.file("a.yaml", text), problems);
  }

  private String firstProblem() {
    ConfigProblem problem = problems.list().getFirst();
    return problem.place() + ": " + problem.message();
  }

  @Test
  void keepsThePlaceOfEachKeyAndValue() {
    YamlValue.Mapping mapping = (YamlValue.Mapping) read("a:\n  - x\n  - 'y z'\nb: c\n");
    YamlValue.Sequence list = (YamlValue.Sequence) mapping.entry("a").value();
    assertThat(list.items().get(1).position())
        .hasToString("a.yaml:3:5")
        .extracting(Position::length)
        .isEqualTo(5);
    assertThat(mapping.entry("b").keyPosition()).hasToString("a.yaml:4:1");
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void refusesAnAliasBombBeforeItExpands() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      text.append("a%d: &a%d [".formatted(i, i));
      text.append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
    }
    assertThat(read(text.toString())).isNull();
    assertThat(firstProblem()).endsWith("more than 2000000 values, aliases counted in full");
  }

  @Test
  void refusesTenThousandLevelsWithoutOverflowingTheStack() {
    assertThat(read("[".repeat(10_000))).isNull();
    assertThat(firstProblem()).isEqualTo("a.yaml:1:33: nested deeper than 32 levels");
  }

  @Test
  void refusesTenThousandLevelsOfIndentation() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      text.append("- ");
    }
    assertThat(read(text + "x")).isNull();
    assertThat(firstProblem()).endsWith("nested deeper than 32 levels");
  }

  @Test
  void acceptsThirtyTwoLevels() {
    assertThat(read("[".repeat(32) + "]".repeat(32))).isNotNull();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void refusesATagThatNamesAClass() {
    assertThat(read("a: !!javax.script.ScriptEngineManager [x]\n")).isNull();
    assertThat(firstProblem()).contains("a.yaml:1:4: the tag ").endsWith("is not allowed");
  }

  @Test
  void refusesAnAliasToItself() {
    assertThat(read("a: &a [*a]\n")).isNull();
    assertThat(firstProblem()).contains("not complete before it");
  }

  @Test
  void refusesASecondDocument() {
    assertThat(read("a: 1\n---\na: 2\n")).isNull();
    assertThat(firstProblem()).isEqualTo("a.yaml:2:1: a second document; a file holds one");
  }

  @Test
  void refusesAZeroByte() {
    assertThat(read("a: \u0000\n")).isNull();
    assertThat(firstProblem()).contains("U+0000 is not allowed");
  }

  @Test
  void anAliasGivesTheSameValueAgain() {
    YamlValue.Mapping mapping = (YamlValue.Mapping) read("a: &x [1]\nb: *x\n");
    assertThat(mapping.entry("b").value()).isEqualTo(mapping.entry("a").value());
  }
}
