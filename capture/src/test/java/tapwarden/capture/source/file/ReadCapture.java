package tapwarden.capture.source.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.Damage;
import tapwarden.capture.source.PacketSource;

/** All that a source gives, copied: for comparing in tests. */
record ReadCapture(
    List<Seen> frames,
    List<CaptureInterface> interfaces,
    List<Damage> damage,
    long damagedRecords) {

  /** A frame's fields and its bytes in hexadecimal. */
  record Seen(long nanos, int wire, int linkType, int interfaceIndex, String hex) {}

  static ReadCapture of(byte[] file) throws IOException {
    return of(file, 64);
  }

  static ReadCapture of(byte[] file, int maxFrames) throws IOException {
    InterfaceList interfaces = new InterfaceList();
    ByteWindow window = new ByteWindow(Channels.newChannel(new ByteArrayInputStream(file)));
    try (OpenInput input =
        OpenInput.stream(
            Channels.newChannel(new ByteArrayInputStream(file)), window, interfaces, false)) {
      CaptureReader reader = input.reader();
      List<Seen> frames = drain(reader, maxFrames, FrameBatch.MAX_FRAME_BYTES);
      return new ReadCapture(frames, reader.interfaces(), reader.damage(), reader.damagedRecords());
    }
  }

  static ReadCapture of(Path file, int maxFrames, int dataBytes) throws IOException {
    InterfaceList interfaces = new InterfaceList();
    ByteWindow window = new ByteWindow(Channels.newChannel(new ByteArrayInputStream(new byte[0])));
    try (InputDigest none = new InputDigest(false);
        OpenInput input = OpenInput.file(file.toString(), window, interfaces, none)) {
      CaptureReader reader = input.reader();
      List<Seen> frames = drain(reader, maxFrames, dataBytes);
      return new ReadCapture(frames, reader.interfaces(), reader.damage(), reader.damagedRecords());
    }
  }

  /** Reads to the end as the ring does: hands a batch over when nothing more goes in. */
  static List<Seen> drain(PacketSource source, int maxFrames, int dataBytes) throws IOException {
    FrameBatch batch = new FrameBatch(maxFrames, dataBytes);
    List<Seen> frames = new ArrayList<>();
    int read = 0;
    while (read != PacketSource.END) {
      read = source.read(batch);
      if (read <= 0 || batch.isFull()) {
        if (read == 0 && batch.size() == 0) {
          throw new AssertionError("an empty batch was left empty");
        }
        copy(batch, frames);
        batch.clear();
      }
    }
    return frames;
  }

  private static void copy(FrameBatch batch, List<Seen> frames) {
    Frame frame = new Frame();
    for (int i = 0; i < batch.size(); i++) {
      batch.frame(i, frame);
      byte[] bytes =
          frame
              .segment()
              .asSlice(frame.offset(), frame.capturedLength())
              .toArray(ValueLayout.JAVA_BYTE);
      frames.add(
          new Seen(
              frame.timestampNanos(),
              frame.wireLength(),
              frame.linkType(),
              frame.interfaceIndex(),
              HexFormat.of().formatHex(bytes)));
    }
  }

  List<String> hex() {
    return frames.stream().map(Seen::hex).toList();
  }

  List<Long> nanos() {
    return frames.stream().map(Seen::nanos).toList();
  }
}
