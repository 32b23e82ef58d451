package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tapwarden.capture.packet.LinkType;

class CaptureFilesTest {
  private static final long T = 1_700_000_000L;

  @TempDir private Path folder;

  @Test
  void ordersAFolderByFirstPacketThenPathAndListsWhatIsNoCapture() throws IOException {
    write("z.bin", SequenceSourceTest.pcap(LinkType.ETHERNET, T, 2));
    write("a.pcap", SequenceSourceTest.pcap(LinkType.ETHERNET, T + 9, 1));
    write("deep/er/c.pcap", SequenceSourceTest.pcap(LinkType.ETHERNET, T + 5, 1));
    write("deep/b.pcap", SequenceSourceTest.pcap(LinkType.ETHERNET, T + 5, 1));
    write("none.pcap", SequenceSourceTest.pcap(LinkType.ETHERNET, T, 0));
    String readme = write("README", "Captures of Tuesday.".getBytes());
    String empty = write("empty.pcap", new byte[0]);
    CaptureFiles.Expansion found = CaptureFiles.expand(List.of(folder.toString()));
    assertThat(found.inputs())
        .extracting(path -> folder.relativize(Path.of(path)).toString())
        .containsExactly("z.bin", "deep/b.pcap", "deep/er/c.pcap", "a.pcap", "none.pcap");
    assertThat(found.skipped())
        .extracting(CaptureFiles.Skipped::path)
        .containsExactly(readme, empty);
    assertThat(found.skipped().getFirst().why()).contains("'Captures'");
  }

  @Test
  void listsWhateverElseIsInAFolderSoThatNothingIsLeftOutInSilence() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path inside = Files.createDirectory(folder.resolve("inside"));
    write("inside/a.pcap", SequenceSourceTest.pcap(LinkType.ETHERNET, T, 1));
    Files.createSymbolicLink(inside.resolve("b.pcap"), inside.resolve("a.pcap"));
    Files.createSymbolicLink(inside.resolve("c.folder"), outside);
    Files.createSymbolicLink(inside.resolve("d.gone"), folder.resolve("nothing"));
    assertThat(new ProcessBuilder("mkfifo", inside + "/e.pipe").start().waitFor()).isZero();
    Files.createDirectories(inside.resolve("f/".repeat(CaptureFiles.MAX_FOLDER_DEPTH)));
    CaptureFiles.Expansion found = CaptureFiles.expand(List.of(inside.toString()));
    assertThat(found.inputs()).containsExactly(inside + "/a.pcap", inside + "/b.pcap");
    assertThat(found.skipped())
        .extracting(skipped -> Path.of(skipped.path()).getFileName() + " " + skipped.why())
        .containsExactlyInAnyOrder(
            "c.folder is a link to a folder, which is not followed: name it",
            "d.gone is a link that leads to no file",
            "e.pipe is a pipe, socket or device: name it to have it read",
            "f is a folder more than 32 levels deep: name it");
  }

  @Test
  void keepsFilesAndStandardInputInTheOrderGiven() throws IOException {
    String late = write("a.pcap", SequenceSourceTest.pcap(LinkType.ETHERNET, T + 9, 1));
    String early = write("b.pcap", SequenceSourceTest.pcap(LinkType.ETHERNET, T, 1));
    assertThat(CaptureFiles.expand(List.of(late, "-", early)).inputs())
        .containsExactly(late, "-", early);
  }

  @Test
  void refusesBeforeAnythingIsRead() throws IOException {
    String good = write("a.pcap", SequenceSourceTest.pcap(LinkType.ETHERNET, T, 1));
    String text = write("notes.txt", "not a capture".getBytes());
    Path bare = Files.createDirectory(folder.resolve("bare"));
    assertRefused(List.of(good, text), text + " is no capture");
    assertRefused(List.of(good, folder + "/gone"), "gone does not exist");
    assertRefused(List.of(bare.toString()), "bare is a folder without a capture");
    assertRefused(List.of("-", "-"), "standard input is named twice");
  }

  private static void assertRefused(List<String> arguments, String message) {
    assertThatThrownBy(() -> CaptureFiles.expand(arguments))
        .isInstanceOf(CaptureFormatException.class)
        .hasMessageContaining(message);
  }

  private String write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes).toString();
  }
}
