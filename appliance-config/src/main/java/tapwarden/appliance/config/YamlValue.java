package tapwarden.appliance.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of the configuration together with the place where it was written. */
sealed interface YamlValue {
  Position position();

  /** What a person calls such a value. */
  String kind();

  /**
   * Text, number, truth value or nothing: what it is shows when it is read.
   *
   * @param plain whether it was written without quotes
   */
  record Scalar(Position position, String text, boolean plain) implements YamlValue {
    @Override
    public String kind() {
      return isNull() ? "nothing" : "a single value";
    }

    /** Whether this is YAML's null, as after a key without a value. */
    boolean isNull() {
      return plain
          && (text.isEmpty()
              || text.equals("~")
              || text.equals("null")
              || text.equals("Null")
              || text.equals("NULL"));
    }
  }

  record Sequence(Position position, List<YamlValue> items) implements YamlValue {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  record Mapping(Position position, List<Entry> entries) implements YamlValue {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a section with keys";
    }

    @Nullable Entry entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry;
        }
      }
      return null;
    }
  }

  record Entry(String key, Position keyPosition, YamlValue value) {}
}
