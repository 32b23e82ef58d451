package tapwarden.capture.source.live;

/** Hears when an interface stops or resumes delivering frames. */
@FunctionalInterface
public interface LinkListener {
  /** Called on the thread that reads, once for each change; it should return soon. */
  void linkChanged(String interfaceName, LinkState state);
}
