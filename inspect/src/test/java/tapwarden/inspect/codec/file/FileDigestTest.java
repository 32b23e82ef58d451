package tapwarden.inspect.codec.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.stream.StreamMemory;

class FileDigestTest {
  private final StreamMemory memory =
      new StreamMemory((FileDigests.MOST_IN_USE + 1) * FileDigests.BYTES_EACH);
  private final FileDigests digests = new FileDigests(memory);

  private FileDigest take() {
    return Objects.requireNonNull(digests.take());
  }

  /** "abc" by RFC 1321 §A.5, RFC 3174 §7.3 and RFC 6234 §8.5. */
  @Test
  void digestsAsTheRfcsSay() {
    FileDigest digest = take();
    for (byte b : "abc".getBytes(US_ASCII)) {
      digest.update(new byte[] {'#', b, '#'}, 1, 2);
    }
    assertThat(digest.size()).isEqualTo(3);
    assertThat(digest.md5()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    assertThat(digest.sha1()).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    assertThat(digest.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void forgetsAFileThatWasGivenBack() {
    FileDigest digest = take();
    digest.update("#!/bin/sh\n".getBytes(US_ASCII), 0, 10);
    assertThat(digest.kind()).isEqualTo("sh script");
    digests.give(digest);
    FileDigest again = take();
    assertThat(again).isSameAs(digest);
    assertThat(again.kind()).isNull();
    assertThat(again.size()).isZero();
    assertThat(again.md5()).as("of nothing").isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
  }

  @Test
  void looksAtABoundedNumberOfFilesAtATime() {
    List<FileDigest> taken = new ArrayList<>();
    for (int i = 0; i < FileDigests.MOST_IN_USE; i++) {
      taken.add(take());
    }
    assertThat(digests.take()).isNull();
    assertThat(memory.usedBytes()).isEqualTo(FileDigests.MOST_IN_USE * FileDigests.BYTES_EACH);
    taken.forEach(digests::give);
    assertThat(memory.usedBytes()).isZero();
    assertThat(digests.take()).isNotNull();
  }

  @Test
  void looksAtNoFileThatTheBudgetHasNoRoomFor() {
    StreamMemory small = new StreamMemory(2 * FileDigests.BYTES_EACH - 1);
    FileDigests few = new FileDigests(small);
    FileDigest only = Objects.requireNonNull(few.take());
    assertThat(few.take()).isNull();
    few.give(only);
    assertThat(small.usedBytes()).isZero();
    assertThat(few.take()).isNotNull();
  }
}
