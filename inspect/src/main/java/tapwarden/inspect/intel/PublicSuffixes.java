package tapwarden.inspect.intel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipInputStream;

/**
 * Names under which anybody may register names ({@code com}, {@code co.uk}, {@code github.io}):
 * listing one would match the world. The list is the one that the JDK ships, in {@code
 * lib/security/public_suffix_list.dat}: a zip with one entry a top-level domain, each a text of
 * lines that start with a byte for the section and go on with a rule of publicsuffix.org. Without
 * it none is known.
 */
final class PublicSuffixes {
  private static final int MOST_LABELS = 6;

  private final Set<String> exact = new HashSet<>();
  private final Set<String> anyLabelBelow = new HashSet<>();
  private final Set<String> exceptions = new HashSet<>();

  private PublicSuffixes() {}

  /** The JDK's list; holds nothing if it cannot be read. */
  static PublicSuffixes ofJdk() {
    PublicSuffixes suffixes = new PublicSuffixes();
    Path file =
        Path.of(System.getProperty("java.home", ""), "lib", "security", "public_suffix_list.dat");
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      while (zip.getNextEntry() != null) {
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(zip, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.length() > 1) {
            suffixes.add(line.substring(1));
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      System.getLogger(PublicSuffixes.class.getName())
          .log(System.Logger.Level.WARNING, "no public suffixes from {0}: {1}", file, e);
    }
    return suffixes;
  }

  private void add(String rule) {
    if (rule.startsWith("*.")) {
      anyLabelBelow.add(IDN.toASCII(rule.substring(2)));
    } else if (rule.startsWith("!")) {
      exceptions.add(IDN.toASCII(rule.substring(1)));
    } else {
      exact.add(IDN.toASCII(rule));
    }
  }

  /** Rules known. */
  int size() {
    return exact.size() + anyLabelBelow.size() + exceptions.size();
  }

  /** Whether the name, in lower case, is itself a public suffix. */
  boolean contains(byte[] name, int length) {
    int dots = 0;
    for (int i = 0; i < length; i++) {
      dots += name[i] == '.' ? 1 : 0;
    }
    if (dots >= MOST_LABELS) {
      return false;
    }
    String text = new String(name, 0, length, StandardCharsets.US_ASCII);
    return exact.contains(text)
        || (anyLabelBelow.contains(text.substring(text.indexOf('.') + 1))
            && !exceptions.contains(text));
  }
}
