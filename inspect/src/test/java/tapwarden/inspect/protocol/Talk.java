package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What two sides of a connection say, in turn, to be handed to a reader in chunks of any size. */
public final class Talk {
  private static final int MARGIN = 3;

  private record Part(boolean toServer, byte @Nullable [] bytes, int missing) {}

  private final List<Part> parts = new ArrayList<>();

  public Talk client(String text) {
    return client(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Talk client(byte[] bytes) {
    parts.add(new Part(true, bytes, 0));
    return this;
  }

  public Talk server(String text) {
    return server(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Talk server(byte[] bytes) {
    parts.add(new Part(false, bytes, 0));
    return this;
  }

  public Talk clientGap(int missing) {
    parts.add(new Part(true, null, missing));
    return this;
  }

  public Talk serverGap(int missing) {
    parts.add(new Part(false, null, missing));
    return this;
  }

  /** All of what was said, without its last {@code bytes}. */
  public Talk without(int bytes) {
    Talk shorter = new Talk();
    int left = size() - bytes;
    for (Part part : parts) {
      byte[] said = part.bytes;
      if (said != null) {
        int some = Math.min(left, said.length);
        shorter.parts.add(new Part(part.toServer, Arrays.copyOf(said, some), 0));
        left -= some;
      } else {
        shorter.parts.add(part);
      }
    }
    return shorter;
  }

  /** Bytes of both sides. */
  public int size() {
    return parts.stream().mapToInt(part -> part.bytes == null ? 0 : part.bytes.length).sum();
  }

  /** Each part as a whole. */
  public RecordingReport play(StreamReader reader) {
    return play(reader, Integer.MAX_VALUE);
  }

  public RecordingReport play(StreamReader reader, int chunk) {
    return play(reader, chunk, new RecordingReport());
  }

  /**
   * Hands on what the reader wants, as the pipeline does: nothing of a direction behind a refusal,
   * nothing behind a violation or a handing over; and ends.
   */
  public RecordingReport play(StreamReader reader, int chunk, RecordingReport report) {
    boolean[] wanted = {true, true};
    for (Part part : parts) {
      int direction = part.toServer ? 0 : 1;
      byte[] said = part.bytes;
      if (said == null) {
        wanted[direction] = wanted[direction] && reader.gap(report, part.toServer, part.missing);
        continue;
      }
      for (int at = 0; at < said.length && goesOn(report) && wanted[direction]; ) {
        int some = Math.min(chunk, said.length - at);
        // Surrounded by what is not part of it, so that reading beyond shows.
        byte[] around = new byte[some + 2 * MARGIN];
        Arrays.fill(around, (byte) '#');
        System.arraycopy(said, at, around, MARGIN, some);
        MemorySegment segment = MemorySegment.ofArray(around);
        wanted[direction] = reader.data(report, part.toServer, segment, MARGIN, some);
        at += some;
      }
    }
    reader.close(report);
    return report;
  }

  private static boolean goesOn(RecordingReport report) {
    return report.violation == null && report.handedOver < 0;
  }

  /** What a protocol says to the first bytes of a side. */
  public static Recognition recognise(
      Protocol protocol, boolean toServer, int serverPort, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return recognise(protocol, toServer, serverPort, bytes);
  }

  public static Recognition recognise(
      Protocol protocol, boolean toServer, int serverPort, byte[] bytes) {
    Opening opening = new Opening().flow(true, 49_152, serverPort);
    opening.bytes(toServer, MemorySegment.ofArray(bytes), 0, bytes.length);
    return protocol.recognise(opening);
  }
}
