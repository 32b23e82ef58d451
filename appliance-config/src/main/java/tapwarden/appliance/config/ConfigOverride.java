package tapwarden.appliance.config;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One key set from outside the files.
 *
 * @param key dotted path: {@code flow.capacity}
 * @param value YAML: {@code 4}, {@code [alert, flow]}
 * @param shown what the user wrote, ending in the value: {@code --set flow.capacity=4}
 */
public record ConfigOverride(String key, String value, String shown) {
  private static final Pattern KEY = Pattern.compile("[a-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /** From a flag of its own that stands for a key: {@code --workers 4}. */
  public static ConfigOverride flag(String flag, String key, String value) {
    return new ConfigOverride(key, value, flag + " " + value);
  }

  /** From {@code --set key=value}; null if there is no key before an equals sign. */
  public static @Nullable ConfigOverride set(String argument) {
    int equals = argument.indexOf('=');
    if (equals <= 0 || !KEY.matcher(argument.substring(0, equals)).matches()) {
      return null;
    }
    return new ConfigOverride(
        argument.substring(0, equals), argument.substring(equals + 1), "--set " + argument);
  }

  /** The value inside sections that the dotted key names; empty if the value is not YAML. */
  YamlValue.Mapping tree(ConfigProblems problems) {
    ConfigText text = ConfigText.line(shown, shown);
    int valueColumn = shown.length() - value.length() + 1;
    Position whole = new Position(text, 1, valueColumn, Math.max(1, value.length()));
    YamlValue tree = YamlReader.readInline(text, valueColumn, problems);
    if (tree == null) {
      tree = new YamlValue.Scalar(whole, "", true);
    }
    int keyColumn = Math.max(0, shown.indexOf(key)) + 1;
    Position keyPosition = new Position(text, 1, keyColumn, key.length());
    List<String> words = List.of(key.split("\\.", -1));
    for (String word : words.reversed()) {
      tree = new YamlValue.Mapping(whole, List.of(new YamlValue.Entry(word, keyPosition, tree)));
    }
    return (YamlValue.Mapping) tree;
  }
}
