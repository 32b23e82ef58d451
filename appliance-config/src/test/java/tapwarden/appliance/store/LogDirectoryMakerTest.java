package tapwarden.appliance.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.cases.Commands;

class LogDirectoryMakerTest {
  @TempDir Path folder;

  @Test
  void makesTheDirectoryWithItsParents() throws Exception {
    LogDirectoryMaker.make(folder.resolve("a/b"));
    assertThat(folder.resolve("a/b")).isDirectory();
    LogDirectoryMaker.make(folder.resolve("a/b"));
  }

  @Test
  void namesTheFileThatIsInItsPlaceOrInThatOfAParent() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    for (Path wanted : new Path[] {file, file.resolve("below")}) {
      assertThatThrownBy(() -> LogDirectoryMaker.make(wanted))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the log directory " + wanted + " cannot be used: " + file)
          .hasMessageEndingWith("; remove it, or give another directory with -l");
    }
    assertThat(file).hasContent("mine");
  }

  @Test
  void namesTheDirectoryThatMayNotBeWrittenAndTheUser() {
    Path below = Path.of("/var/log/tapwarden");
    assertThat(LogDirectoryMaker.sentence(below, new AccessDeniedException("/var/log")))
        .isEqualTo(
            "the log directory /var/log/tapwarden cannot be used: /var/log cannot be written by the"
                + " user "
                + System.getProperty("user.name")
                + " (its permissions, or a disk that is mounted read-only); grant that, or give"
                + " another directory with -l");
  }

  @Test
  void theCommandFailsAndPrintsNothingElse() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    Path capture = Path.of("src/main/conf/sample/site.pcap");
    Commands.Result result =
        Commands.result("replay", capture.toString(), "-l", file.toString(), "--no-input-hash");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo(
            "error: the log directory %s cannot be used: %s is not a directory; remove it, or give"
                .concat(" another directory with -l%n")
                .formatted(file, file));
  }
}
