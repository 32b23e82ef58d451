package tapwarden.inspect.sink;

import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/**
 * Says each kind of trouble once, and once that it is over, however often it happens: a full disk
 * must not become a flood of log lines. Used by one thread.
 */
public final class Trouble {
  private final System.Logger logger;
  private final Set<String> said = new HashSet<>();

  public Trouble(Class<?> component) {
    logger = System.getLogger(component.getName());
  }

  /**
   * @param kind what tells this trouble from others; one of a few constants
   * @param message what is wrong and what is done about it
   */
  public void say(String kind, String message) {
    if (said.add(kind)) {
      logger.log(Level.WARNING, neutralised(message));
    }
  }

  /** Says that trouble of this kind is over, if it was said to be there. */
  public void over(String kind, String message) {
    if (said.remove(kind)) {
      logger.log(Level.INFO, neutralised(message));
    }
  }

  /** The message on one line and without what a terminal would obey. */
  private static String neutralised(String message) {
    StringBuilder text = new StringBuilder(message.length());
    message
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .map(c -> c == 0x2028 || c == 0x2029 ? '?' : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
