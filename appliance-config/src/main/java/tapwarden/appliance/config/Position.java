package tapwarden.appliance.config;

/**
 * A place in the configuration.
 *
 * @param line counted from 1; 0 for the text as a whole
 * @param column counted from 1
 * @param length how many characters the caret underlines, at least 1
 */
record Position(ConfigText text, int line, int column, int length) {

  static Position whole(ConfigText text) {
    return new Position(text, 0, 0, 0);
  }

  /** {@code file:line:column} for a file, the flag or variable for anything else. */
  @Override
  public String toString() {
    String name = Visible.text(text.name());
    return line == 0 || !text.isFile() ? name : name + ":" + line + ":" + column;
  }
}
