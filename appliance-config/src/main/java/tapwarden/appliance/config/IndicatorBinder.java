package tapwarden.appliance.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.intel.IndicatorSource;

/** Reads an entry of {@code indicators:}. */
final class IndicatorBinder {
  static final List<String> FORMATS = List.of("plain");

  private IndicatorBinder() {}

  /** A relative path starts at the directory of the file that names it. */
  static Optional<IndicatorSource> bind(Section entry, ConfigProblems problems) {
    String name = entry.requiredText("file");
    String format = entry.choice("format", "plain", FORMATS);
    entry.end();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    ConfigText text = entry.position("file").text();
    Path file = Path.of(name);
    if (text.isFile() && !file.isAbsolute()) {
      file = Path.of(text.name()).resolveSibling(file);
    }
    String reason = unreadable(file);
    if (reason != null) {
      problems.error(entry.position("file"), reason);
    }
    return Optional.of(new IndicatorSource(file, format));
  }

  /** Why the file cannot be read; null if it can. */
  static @Nullable String unreadable(Path file) {
    if (!Files.exists(file)) {
      return "there is no file " + Visible.text(file.toString());
    }
    if (Files.isDirectory(file)) {
      return Visible.text(file.toString()) + " is a directory";
    }
    return Files.isReadable(file) ? null : Visible.text(file.toString()) + " cannot be read";
  }
}
