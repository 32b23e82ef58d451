package tapwarden.inspect.protocol;

import java.util.List;

/** A protocol that Tapwarden knows; found by {@code META-INF/services}. */
public interface ProtocolProvider {
  /** The protocol's word: its folder, {@code app_proto} of its flows. */
  String name();

  /** The types of the events that it writes; empty if it is known by name alone. */
  default List<String> eventTypes() {
    return List.of();
  }

  /** For one worker, which alone calls it. */
  Protocol create(ProtocolContext context);
}
