package tapwarden.appliance.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads configuration files, and refuses those that anybody on the machine could have written. */
final class ConfigFiles {
  /** Largest configuration file. */
  static final int MOST_BYTES = 16 << 20;

  /** Most files in {@code conf.d}. */
  static final int MOST_FILES = 1_000;

  private ConfigFiles() {}

  /** The file's top section; null if it could not be read (then reported) or is empty. */
  static YamlValue.@Nullable Mapping read(Path file, ConfigProblems problems) {
    ConfigText none = ConfigText.file(file.toString(), "");
    String text = text(file, none, problems);
    if (text == null) {
      return null;
    }
    YamlValue value = YamlReader.read(ConfigText.file(file.toString(), text), problems);
    if (value == null || value instanceof YamlValue.Mapping) {
      return (YamlValue.Mapping) value;
    }
    problems.error(value.position(), "a configuration is a section with keys, not " + value.kind());
    return null;
  }

  /** The {@code *.yaml} files of a directory by name; empty if there is no such directory. */
  static List<Path> overlays(Path directory, ConfigProblems problems) {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    Position whole = Position.whole(ConfigText.file(directory.toString(), ""));
    refuseIfAnybodyMayWrite(directory, whole, problems);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.yaml")) {
      for (Path file : found) {
        if (files.size() == MOST_FILES) {
          problems.error(whole, "more than " + MOST_FILES + " files");
          break;
        }
        files.add(file);
      }
    } catch (IOException e) {
      problems.error(whole, "cannot be read: " + reason(e));
    }
    files.sort(null);
    return files;
  }

  private static @Nullable String text(Path file, ConfigText none, ConfigProblems problems) {
    Position whole = Position.whole(none);
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.isRegularFile(file) && !refuseIfAnybodyMayWrite(file, whole, problems)) {
        return null;
      }
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        problems.error(whole, "larger than " + Quantities.text(MOST_BYTES));
        return null;
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      problems.error(whole, "not UTF-8 text");
    } catch (NoSuchFileException e) {
      problems.error(whole, "no such file");
    } catch (IOException e) {
      problems.error(whole, "cannot be read: " + reason(e));
    }
    return null;
  }

  private static boolean refuseIfAnybodyMayWrite(
      Path path, Position whole, ConfigProblems problems) {
    try {
      if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
        problems.error(
            whole,
            "anybody on this machine may write it, so it cannot be trusted",
            "take the right away: chmod o-w " + Visible.text(path.toString()));
        return false;
      }
    } catch (IOException | UnsupportedOperationException e) {
      problems.warning(whole, "who may write it cannot be told", null);
    }
    return true;
  }

  private static String reason(IOException e) {
    String name = e.getClass().getSimpleName().replace("Exception", "");
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : Visible.text(name + (e.getMessage() == null ? "" : ": " + e.getMessage()));
  }
}
