package tapwarden.inspect.pipeline;

import java.util.List;
import java.util.function.Consumer;

/** Notices, at the price of one comparison a frame, that a source has shown another interface. */
final class InterfaceWatch {
  private final SourceNames sources;
  private final Consumer<List<String>> listener;
  private int known;

  InterfaceWatch(SourceNames sources, Consumer<List<String>> listener) {
    this.sources = sources;
    this.listener = listener;
  }

  void see(int interfaceIndex) {
    if (interfaceIndex >= known) {
      known = interfaceIndex + 1;
      listener.accept(sources.interfaceNames());
    }
  }
}
