package tapwarden.inspect.detect;

/** Whether a detector wants to hear more of a contact. */
public enum Interest {
  /** It is done with the contact. */
  NONE,

  /** It wants to know when the contact gets further. */
  PROGRESS,

  /** Its verdict hangs on the remote side's name: it wants to know the name, or that none came. */
  NAME
}
