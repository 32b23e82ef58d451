package tapwarden.inspect.alert;

import java.util.Locale;

/** How far a contact got: asked, answered, data exchanged. Never goes back. */
public enum Stage {
  ATTEMPT,
  ESTABLISHED,
  DATA;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
