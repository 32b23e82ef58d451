package tapwarden.inspect.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import tapwarden.capture.packet.Frame;

/** A frame that another thread is to see. */
final class FrameCopy {
  private final byte[] bytes;
  private final int wireLength;
  private final long timestampNanos;
  private final int linkType;
  private final int interfaceIndex;
  private final long number;

  FrameCopy(Frame frame) {
    bytes =
        frame
            .segment()
            .asSlice(frame.offset(), frame.capturedLength())
            .toArray(ValueLayout.JAVA_BYTE);
    wireLength = frame.wireLength();
    timestampNanos = frame.timestampNanos();
    linkType = frame.linkType();
    interfaceIndex = frame.interfaceIndex();
    number = frame.number();
  }

  int length() {
    return bytes.length;
  }

  /** The frame again, its bytes in {@code room}. */
  Frame view(MemorySegment room) {
    MemorySegment.copy(bytes, 0, room, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return new Frame()
        .wrap(room, 0, bytes.length, wireLength, timestampNanos, linkType, interfaceIndex, number);
  }
}
