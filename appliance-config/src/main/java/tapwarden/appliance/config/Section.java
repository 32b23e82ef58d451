package tapwarden.appliance.config;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A section of the configuration while it is read: hands out its keys as typed values, reports each
 * one that is wrong and gives its default instead, and knows at the end which keys nobody asked
 * for. The keys that are asked for are the keys that exist; there is no second list of them.
 */
final class Section {
  private final YamlValue.Mapping mapping;
  private final String path;
  private final ConfigProblems problems;
  private final Set<String> catalogue;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param path dotted path of the section, empty at the top
   * @param catalogue gets the path of each key that holds a single value or a list of words
   */
  Section(YamlValue.Mapping mapping, String path, ConfigProblems problems, Set<String> catalogue) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
    this.catalogue = catalogue;
  }

  Position position() {
    return mapping.position();
  }

  /** Place of the value of {@code key}; of the section if it is not given. */
  Position position(String key) {
    YamlValue.Entry entry = mapping.entry(key);
    return entry == null ? mapping.position() : entry.value().position();
  }

  boolean has(String key) {
    known.add(key);
    return mapping.entry(key) != null;
  }

  boolean flag(String key, boolean fallback) {
    YamlValue.Scalar scalar = scalar(key);
    if (scalar == null) {
      return fallback;
    }
    return switch (scalar.text()) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> {
        problems.error(scalar.position(), wrong(key, scalar), "allowed: true, false");
        yield fallback;
      }
    };
  }

  int integer(String key, int fallback, int least, int most) {
    YamlValue.Scalar scalar = scalar(key);
    return scalar == null
        ? fallback
        : (int) within(key, scalar, number(scalar.text()), fallback, least, most);
  }

  /** A size in bytes. */
  long size(String key, long fallback, long least, long most) {
    YamlValue.Scalar scalar = scalar(key);
    if (scalar == null) {
      return fallback;
    }
    Long bytes = Quantities.size(scalar.text());
    if (bytes == null) {
      problems.error(scalar.position(), wrong(key, scalar), Quantities.SIZE_HINT);
      return fallback;
    }
    if (bytes < least || bytes > most) {
      String range = Quantities.text(least) + " to " + Quantities.text(most);
      problems.error(scalar.position(), wrong(key, scalar), "allowed: " + range);
      return fallback;
    }
    return bytes;
  }

  Duration duration(String key, Duration fallback, Duration least, Duration most) {
    YamlValue.Scalar scalar = scalar(key);
    if (scalar == null) {
      return fallback;
    }
    Duration duration = Quantities.duration(scalar.text());
    if (duration == null) {
      problems.error(scalar.position(), wrong(key, scalar), Quantities.DURATION_HINT);
      return fallback;
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      String range = Quantities.text(least) + " to " + Quantities.text(most);
      problems.error(scalar.position(), wrong(key, scalar), "allowed: " + range);
      return fallback;
    }
    return duration;
  }

  /** A duration of whole seconds. */
  int seconds(String key, int fallback, int least, int most) {
    Duration duration =
        duration(
            key, Duration.ofSeconds(fallback), Duration.ofSeconds(least), Duration.ofSeconds(most));
    if (duration.toMillisPart() != 0) {
      problems.error(position(key), "'" + key + "' must be whole seconds");
    }
    return Math.toIntExact(duration.toSeconds());
  }

  /** One of the constants, written in lower case with hyphens. */
  <E extends Enum<E>> E choice(String key, E fallback) {
    E[] constants = fallback.getDeclaringClass().getEnumConstants();
    List<String> words = Arrays.stream(constants).map(Section::word).toList();
    String chosen = choice(key, word(fallback), words);
    return constants[words.indexOf(chosen)];
  }

  String choice(String key, String fallback, List<String> allowed) {
    YamlValue.Scalar scalar = scalar(key);
    if (scalar == null) {
      return fallback;
    }
    if (!allowed.contains(scalar.text())) {
      problems.unknown(scalar.position(), "value of '" + key + "'", scalar.text(), allowed);
      return fallback;
    }
    return scalar.text();
  }

  @Nullable LocalDate date(String key) {
    YamlValue.Scalar scalar = scalar(key);
    if (scalar == null) {
      return null;
    }
    try {
      return LocalDate.parse(scalar.text());
    } catch (DateTimeParseException e) {
      problems.error(scalar.position(), wrong(key, scalar), "a date is written 2026-12-31");
      return null;
    }
  }

  @Nullable String text(String key) {
    YamlValue.Scalar scalar = scalar(key);
    return scalar == null ? null : scalar.text();
  }

  String text(String key, String fallback) {
    String text = text(key);
    return text == null ? fallback : text;
  }

  /** Text that must be given; {@code ""} when it is not, which is then reported. */
  String requiredText(String key) {
    String text = text(key);
    if (text == null || text.isBlank()) {
      problems.error(position(key), "'" + key + "' is missing");
      return "";
    }
    return text;
  }

  /** A list of words; a single word is a list of one. Empty if the key is not given. */
  List<Item> items(String key) {
    YamlValue value = value(key);
    catalogue.add(path(key));
    if (value == null) {
      return List.of();
    }
    List<YamlValue> values =
        value instanceof YamlValue.Sequence sequence ? sequence.items() : List.of(value);
    List<Item> items = new ArrayList<>();
    for (YamlValue item : values) {
      if (item instanceof YamlValue.Scalar scalar && !scalar.isNull()) {
        items.add(new Item(scalar.text(), scalar.position()));
      } else {
        problems.error(item.position(), "'" + key + "' must be a list of single values");
      }
    }
    return items;
  }

  /** The section below {@code key}; an empty one if it is not given. */
  Section section(String key) {
    YamlValue value = value(key);
    if (value instanceof YamlValue.Mapping below) {
      return new Section(below, path(key), problems, catalogue);
    }
    if (value != null) {
      problems.error(value.position(), "'" + key + "' must be a section with keys");
    }
    return new Section(
        new YamlValue.Mapping(mapping.position(), List.of()), path(key), problems, catalogue);
  }

  /** The sections of a list. */
  List<Section> entries(String key) {
    YamlValue value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof YamlValue.Sequence sequence)) {
      problems.error(value.position(), "'" + key + "' must be a list, each entry after a '-'");
      return List.of();
    }
    List<Section> sections = new ArrayList<>();
    for (YamlValue item : sequence.items()) {
      if (item instanceof YamlValue.Mapping below) {
        sections.add(new Section(below, path(key), problems, new LinkedHashSet<>()));
      } else {
        problems.error(
            item.position(), "an entry of '" + key + "' must be a section, not " + item.kind());
      }
    }
    return sections;
  }

  /** Whether a list is given where a single value may be, too. */
  boolean isList(String key) {
    return value(key) instanceof YamlValue.Sequence;
  }

  /** The keys of this section when the user chooses their names. */
  List<Item> names() {
    return mapping.entries().stream()
        .map(entry -> new Item(entry.key(), entry.keyPosition()))
        .toList();
  }

  /** Reports each key that was never asked for. To be called after the last key was read. */
  void end() {
    for (YamlValue.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        problems.unknown(entry.keyPosition(), "key", entry.key(), known);
      }
    }
  }

  private @Nullable YamlValue value(String key) {
    known.add(key);
    YamlValue.Entry entry = mapping.entry(key);
    if (entry == null || (entry.value() instanceof YamlValue.Scalar scalar && scalar.isNull())) {
      return null;
    }
    return entry.value();
  }

  private YamlValue.@Nullable Scalar scalar(String key) {
    catalogue.add(path(key));
    YamlValue value = value(key);
    if (value == null || value instanceof YamlValue.Scalar) {
      return (YamlValue.Scalar) value;
    }
    problems.error(value.position(), "'" + key + "' must be a single value, not " + value.kind());
    return null;
  }

  private long within(
      String key,
      YamlValue.Scalar scalar,
      @Nullable Long number,
      long fallback,
      long least,
      long most) {
    if (number == null || number < least || number > most) {
      problems.error(scalar.position(), wrong(key, scalar), "allowed: " + least + " to " + most);
      return fallback;
    }
    return number;
  }

  private static @Nullable Long number(String text) {
    String digits = text.replace("_", "");
    try {
      return digits.length() > 18 ? null : Long.valueOf(digits);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String wrong(String key, YamlValue.Scalar scalar) {
    return "'" + Visible.text(scalar.text()) + "' is no value of '" + key + "'";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
