package tapwarden.inspect.intel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The compiled form of a set of lists in a file, for this machine: length of the head (int); the
 * head ({@link SnapshotHead}); the five parts off the heap as they lie in memory; CRC-32C of all of
 * that (long). Written beside and moved into place, so that a reader never sees half of it.
 */
final class IndicatorSnapshot {
  static final int FORMAT = 3;

  private static final int MOST_HEAD_BYTES = 64 << 20;
  private static final int SLICE_BYTES = 64 << 20;

  private IndicatorSnapshot() {}

  static void write(Path file, byte[] key, IndicatorLoader.Loaded loaded) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SnapshotHead.write(new DataOutputStream(bytes), key, loaded);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      CRC32C crc = new CRC32C();
      put(out, crc, ByteBuffer.allocate(4).putInt(bytes.size()).flip());
      put(out, crc, ByteBuffer.wrap(bytes.toByteArray()));
      for (MemorySegment segment : loaded.set().segments()) {
        for (long at = 0; at < segment.byteSize(); at += SLICE_BYTES) {
          long length = Math.min(SLICE_BYTES, segment.byteSize() - at);
          put(out, crc, segment.asSlice(at, length).asByteBuffer());
        }
      }
      ByteBuffer sum = ByteBuffer.allocate(8).putLong(crc.getValue()).flip();
      put(out, new CRC32C(), sum);
      out.force(false);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private static void put(FileChannel out, CRC32C crc, ByteBuffer bytes) throws IOException {
    crc.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Null if there is no snapshot or it is of other lists; an exception if it is damaged. */
  static IndicatorLoader.@Nullable Loaded read(Path file, byte[] key) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      CRC32C crc = new CRC32C();
      int headBytes = take(in, crc, ByteBuffer.allocate(4)).getInt();
      if (headBytes < 0 || headBytes > Math.min(MOST_HEAD_BYTES, in.size())) {
        throw new IOException("head of " + headBytes + " bytes");
      }
      byte[] bytes = take(in, crc, ByteBuffer.allocate(headBytes)).array();
      SnapshotHead head =
          SnapshotHead.read(new DataInputStream(new ByteArrayInputStream(bytes)), key);
      if (head == null) {
        return null;
      }
      long size = in.position() + Long.BYTES;
      for (long part : head.partBytes()) {
        size += part;
      }
      if (size != in.size()) {
        throw new IOException("%d bytes instead of %d".formatted(in.size(), size));
      }
      List<MemorySegment> parts = new ArrayList<>();
      Arena arena = Arena.ofAuto();
      for (long part : head.partBytes()) {
        MemorySegment segment = arena.allocate(part, Long.BYTES);
        for (long at = 0; at < part; at += SLICE_BYTES) {
          take(in, crc, segment.asSlice(at, Math.min(SLICE_BYTES, part - at)).asByteBuffer());
        }
        parts.add(segment);
      }
      if (take(in, new CRC32C(), ByteBuffer.allocate(8)).getLong() != crc.getValue()) {
        throw new IOException("checksum does not fit");
      }
      return head.loaded(parts);
    } catch (NoSuchFileException e) {
      return null;
    } catch (EOFException e) {
      throw new IOException("cut short", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("damaged head", e);
    }
  }

  private static ByteBuffer take(FileChannel in, CRC32C crc, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (in.read(into) < 0) {
        throw new EOFException();
      }
    }
    into.flip();
    crc.update(into.duplicate());
    return into;
  }
}
