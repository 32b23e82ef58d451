package tapwarden.inspect.detect;

/** Makes a detector; found through {@code META-INF/services}. */
public interface DetectorProvider {
  /** Same as {@link Detector#name()}. */
  String name();

  /** Called once for each worker. */
  Detector create(DetectorContext context);
}
