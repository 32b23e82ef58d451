package tapwarden.inspect.equipment.claim;

/** Letters of ASCII in lower case, so that a place in the text is the same place in the other. */
final class Lower {
  private Lower() {}

  static String of(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] >= 'A' && chars[i] <= 'Z') {
        chars[i] = (char) (chars[i] | ' ');
      }
    }
    return new String(chars);
  }

  /** Where {@code words}, in any case, begins in the lower-case text at or after a place; or -1. */
  static int find(String lower, String words, int from) {
    return lower.indexOf(of(words), from);
  }

  /** The same, where the words must not be part of longer ones. */
  static int findWhole(String lower, String words, boolean endOpen, int from) {
    int at = lower.indexOf(words, from);
    while (at >= 0) {
      if (isEdge(lower, at) && (endOpen || isEdge(lower, at + words.length()))) {
        return at;
      }
      at = lower.indexOf(words, at + 1);
    }
    return -1;
  }

  static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  /** Whether between that character and the one before it a word begins or ends. */
  private static boolean isEdge(String text, int at) {
    return at == 0
        || at == text.length()
        || !(isWordChar(text.charAt(at - 1)) && isWordChar(text.charAt(at)));
  }

  private static boolean isWordChar(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }
}
