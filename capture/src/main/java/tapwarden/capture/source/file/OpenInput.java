package tapwarden.capture.source.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.source.Damage;

/** One opened input with all that is known of it: its reader, its size and its digest to come. */
final class OpenInput implements AutoCloseable {
  private final String path;
  private final CountedChannel raw;
  private final CaptureReader reader;
  private final @Nullable String compression;
  private final boolean readOnce;
  private final long fileBytes;
  private final CompletableFuture<@Nullable String> digest;

  /** What the first bytes showed. */
  private record Recognised(CaptureReader reader, Compression compression) {}

  /**
   * @param readOnce whether it cannot be read a second time: standard input and named pipes, of
   *     which the digest is computed on the way
   */
  private OpenInput(
      String path,
      CountedChannel raw,
      Recognised recognised,
      boolean readOnce,
      long fileBytes,
      CompletableFuture<@Nullable String> digest) {
    this.path = path;
    this.raw = raw;
    reader = recognised.reader;
    compression = recognised.compression.word();
    this.readOnce = readOnce;
    this.fileBytes = fileBytes;
    this.digest = digest;
  }

  /**
   * Opens a file for reading only.
   *
   * @throws CaptureFormatException if it is missing, unreadable, a folder, or no capture
   */
  static OpenInput file(
      String path, ByteWindow window, InterfaceList interfaces, InputDigest digests)
      throws IOException {
    Path file = existing(path);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new CaptureFormatException(
          path, "cannot be opened: check its permissions (" + e.getMessage() + ")");
    }
    boolean regular = Files.isRegularFile(file);
    CountedChannel raw = new CountedChannel(channel, !regular && digests.isWanted());
    Recognised recognised = recognise(path, interfaceName(file), raw, window, interfaces, !regular);
    long bytes = regular ? Files.size(file) : -1;
    CompletableFuture<@Nullable String> digest =
        regular ? digests.start(file) : new CompletableFuture<>();
    return new OpenInput(path, raw, recognised, !regular, bytes, digest);
  }

  /** Standard input, from which frames are handed out as they come. */
  static OpenInput stream(
      ReadableByteChannel channel, ByteWindow window, InterfaceList interfaces, boolean digested)
      throws IOException {
    CountedChannel raw = new CountedChannel(channel, digested);
    String name = "standard input";
    Recognised recognised = recognise(name, name, raw, window, interfaces, true);
    return new OpenInput(
        CaptureFiles.STANDARD_INPUT, raw, recognised, true, -1, new CompletableFuture<>());
  }

  private static Path existing(String path) throws CaptureFormatException {
    Path file;
    try {
      file = Path.of(path);
    } catch (InvalidPathException e) {
      throw new CaptureFormatException(path, "is not a path: " + e.getReason());
    }
    if (Files.isDirectory(file)) {
      throw new CaptureFormatException(path, "is a folder: name the captures in it");
    }
    if (!Files.exists(file)) {
      throw new CaptureFormatException(path, "does not exist: check the spelling of the path");
    }
    return file;
  }

  private static String interfaceName(Path file) {
    Path last = file.getFileName();
    return (last == null ? file : last).toString();
  }

  private static Recognised recognise(
      String name,
      String interfaceName,
      CountedChannel raw,
      ByteWindow window,
      InterfaceList interfaces,
      boolean waits)
      throws IOException {
    try {
      byte[] head = new byte[Compression.MAGIC_BYTES];
      int length = readHead(raw, head);
      Compression compression = Compression.of(head, length);
      ReadableByteChannel channel = raw;
      if (compression == Compression.NONE) {
        window.reset(raw);
        window.load(java.lang.foreign.MemorySegment.ofArray(head), 0, length);
      } else {
        channel = new StreamChannel(compression.open(new HeadedStream(head, length, raw)));
        window.reset(channel);
      }
      CaptureInput input =
          new CaptureInput(name, interfaceName, channel, window, interfaces, waits);
      return new Recognised(CaptureFormat.open(input, compression), compression);
    } catch (CaptureFormatException e) {
      raw.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw new CaptureFormatException(name, "cannot be read: " + CaptureFormatException.reason(e));
    }
  }

  private static int readHead(ReadableByteChannel raw, byte[] head) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(head);
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = raw.read(buffer);
    }
    return buffer.position();
  }

  String path() {
    return path;
  }

  CaptureReader reader() {
    return reader;
  }

  long frames() {
    return reader.frames();
  }

  /** Complete at the latest when the input is closed. */
  CompletableFuture<@Nullable String> digest() {
    return digest;
  }

  /** The account so far, without the digest. */
  InputReport report() {
    return new InputReport(
        path,
        null,
        compression,
        fileBytes >= 0 ? fileBytes : raw.bytes(),
        reader.frames(),
        reader.firstNanos(),
        reader.lastNanos(),
        reader.damage(),
        reader.damagedRecords());
  }

  /** The file of that path, or null if there is no regular one. */
  static @Nullable Path regularFile(String path) {
    try {
      Path file = Path.of(path);
      return Files.isRegularFile(file) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** The account of an input that could not be opened when its turn came. */
  static InputReport unreadable(String path, @Nullable Path file, IOException why) {
    return new InputReport(
        path,
        null,
        null,
        file == null ? 0 : file.toFile().length(),
        0,
        0,
        0,
        java.util.List.of(new Damage(0, -1, CaptureFormatException.reason(why))),
        0);
  }

  /** Reads what can be read only once to its end: its digest is that of all of it. */
  void finish() throws IOException {
    if (readOnce) {
      raw.drain();
    }
  }

  @Override
  public void close() throws IOException {
    if (readOnce) {
      digest.complete(raw.sha256());
    }
    reader.close();
  }
}
