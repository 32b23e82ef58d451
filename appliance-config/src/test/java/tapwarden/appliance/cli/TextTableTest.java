package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  private static TextTable table() {
    return new TextTable("A", "LONG", "B").row("1", "x".repeat(60), "2").row("33", "y", "44");
  }

  @Test
  void isAsWideAsItsCells() {
    assertThat(new TextTable("A", "BB").row("1", "2").row("333", "4").lines(80, false))
        .containsExactly("A    BB", "1    2", "333  4");
  }

  @Test
  void cutsTheWidestColumnToFitTheTerminal() {
    assertThat(table().lines(30, false)).allMatch(line -> line.length() <= 30);
    assertThat(table().lines(30, false).get(1)).startsWith("1   xxx").contains("x…  2");
  }

  @Test
  void isLegibleWhileEveryCellKeepsTwentyCharacters() {
    // Widths 3 and 60: legible down to 3 + 2 + 20.
    TextTable wide = new TextTable("A", "B").row("333", "x".repeat(60));
    assertThat(wide.isLegible(25)).isTrue();
    assertThat(wide.isLegible(24)).isFalse();
  }

  @Test
  void cutsNothingThatFits() {
    assertThat(table().lines(68, false).get(1)).contains("x".repeat(60));
  }

  @Test
  void showsControlCharactersInsteadOfObeyingThem() {
    assertThat(new TextTable("A").row("a\u001b[0m\nb").lines(80, false))
        .containsExactly("A", "a\\u001b[0m\\u000ab");
  }
}
