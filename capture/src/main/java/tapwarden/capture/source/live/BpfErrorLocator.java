package tapwarden.capture.source.live;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds where a filter expression is wrong, which libpcap does not say. An error of meaning lies
 * where the shortest beginning of the expression that shows the same error ends. A syntax error
 * lies at the first token after which no way to go on is accepted any more.
 */
final class BpfErrorLocator {
  /** Longest expression whose error is looked for, in tokens; beyond, the place stays unknown. */
  static final int MAX_TOKENS = 1_024;

  private static final String SYNTAX_ERROR = "syntax error";

  /** A word as libpcap's scanner sees it, an operator of two characters, or any other character. */
  private static final Pattern TOKEN =
      Pattern.compile("[\\w.:\\\\/-]+|&&|\\|\\||[!<>=]=|<<|>>|\\S");

  private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

  /** Ways to go on, one of which fits after every beginning that can be completed. */
  private static final List<String> CONTINUATIONS =
      List.of(
          "",
          " 80",
          " ip",
          " 1.2.3.4",
          " host 1.2.3.4",
          " = 0",
          " 0 = 0",
          " 0] = 0",
          "] = 0",
          " 00:00:00:00:00:01",
          " net 10.0.0.0/8",
          " 10.0.0.0/8",
          " mask 255.0.0.0",
          " 80-90",
          " data",
          " beacon",
          " pass",
          " match",
          " 1] = 0");

  private final String expression;
  private final BpfFilter.Compiler compiler;
  private final String error;

  private BpfErrorLocator(String expression, BpfFilter.Compiler compiler) {
    this.expression = expression;
    this.compiler = compiler;
    error = compiler.error();
  }

  /** The exception for an expression that {@code compiler} has just refused. */
  static BpfSyntaxException locate(String expression, BpfFilter.Compiler compiler) {
    return new BpfErrorLocator(expression, compiler).locate();
  }

  private BpfSyntaxException locate() {
    List<int[]> tokens = tokens(expression);
    int culprit = culprit(tokens);
    if (culprit < 0) {
      return exception("the filter is wrong: " + error, BpfSyntaxException.UNKNOWN, 0);
    }
    if (culprit == tokens.size()) {
      return exception(
          "the filter is wrong: it ends where more is expected",
          expression.stripTrailing().length(),
          1);
    }
    int[] token = tokens.get(culprit);
    String what =
        isSyntaxError(error)
            ? "syntax error at \"" + expression.substring(token[0], token[1]) + '"'
            : error;
    return exception("the filter is wrong: " + what, token[0], token[1] - token[0]);
  }

  private int culprit(List<int[]> tokens) {
    Matcher quoted = QUOTED.matcher(error);
    if (quoted.find()) {
      for (int i = 0; i < tokens.size(); i++) {
        if (expression.substring(tokens.get(i)[0], tokens.get(i)[1]).equals(quoted.group(1))) {
          return i;
        }
      }
    }
    if (tokens.size() > MAX_TOKENS) {
      return BpfSyntaxException.UNKNOWN;
    }
    // What is wrong with a beginning is wrong with every longer one, so halving finds the first.
    boolean syntax = isSyntaxError(error);
    int first = 0;
    int last = tokens.size();
    while (first < last) {
      int middle = (first + last) >>> 1;
      if (isWrong(tokens.get(middle)[1], syntax)) {
        last = middle;
      } else {
        first = middle + 1;
      }
    }
    return syntax || first < tokens.size() ? first : BpfSyntaxException.UNKNOWN;
  }

  private boolean isWrong(int end, boolean syntax) {
    String beginning = expression.substring(0, end);
    return syntax ? !canGoOn(beginning) : showsTheError(beginning);
  }

  private boolean canGoOn(String beginning) {
    String closing = ")".repeat(openParentheses(beginning));
    for (String continuation : CONTINUATIONS) {
      boolean accepted = compiler.compile(beginning + continuation + closing) != null;
      if (accepted || !isSyntaxError(compiler.error())) {
        return true;
      }
    }
    return false;
  }

  private boolean showsTheError(String beginning) {
    String closing = ")".repeat(openParentheses(beginning));
    return compiler.compile(beginning + closing) == null && compiler.error().equals(error);
  }

  /** libpcap says it in several ways that begin alike. */
  private static boolean isSyntaxError(String error) {
    return error.startsWith(SYNTAX_ERROR);
  }

  private static int openParentheses(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
    }
    return Math.max(0, open);
  }

  private static List<int[]> tokens(String expression) {
    List<int[]> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(expression);
    while (matcher.find()) {
      tokens.add(new int[] {matcher.start(), matcher.end()});
    }
    return tokens;
  }

  private BpfSyntaxException exception(String what, int position, int length) {
    String shown = expression.replaceAll("\\p{Cntrl}", " ");
    String carets =
        position < 0 ? "" : "\n  " + " ".repeat(position) + "^".repeat(Math.max(1, length));
    return new BpfSyntaxException(what + "\n  " + shown + carets, position);
  }
}
