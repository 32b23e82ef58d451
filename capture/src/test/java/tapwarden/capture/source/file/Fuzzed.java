package tapwarden.capture.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.Damage;

/** What holds for whatever was read of whatever file. */
final class Fuzzed {
  private Fuzzed() {}

  /** Frames within the limit, damage within the file and in order. */
  static void checkPlaces(ReadCapture read, int fileBytes) {
    for (ReadCapture.Seen frame : read.frames()) {
      assertThat(frame.hex().length() / 2).isLessThanOrEqualTo(FrameBatch.MAX_FRAME_BYTES);
      assertThat(frame.nanos()).isBetween(0L, PcapngInterface.LATEST_NANOS);
      assertThat(frame.interfaceIndex()).isLessThan(read.interfaces().size());
    }
    long last = 0;
    for (Damage damage : read.damage()) {
      assertThat(damage.offset()).isBetween(last, (long) fileBytes);
      assertThat(damage.offset() + damage.bytes()).isLessThanOrEqualTo(fileBytes);
      last = damage.offset();
    }
  }
}
