package tapwarden.capture.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.packet.LinkType;

class MergedSourceTest {
  /** A wire with one frame a read, until it breaks or is interrupted. */
  private static final class Wire implements PacketSource {
    private final String name;
    private boolean broken;
    private boolean interrupted;

    Wire(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isLive() {
      return true;
    }

    @Override
    public List<CaptureInterface> interfaces() {
      return List.of(new CaptureInterface(name, LinkType.ETHERNET, 0, ""));
    }

    @Override
    public int read(FrameBatch batch) throws IOException {
      if (broken) {
        throw new IOException(name + " was removed");
      }
      if (interrupted) {
        return END;
      }
      batch.append(MemorySegment.ofArray(new byte[60]), 0, 60, 60, 1, LinkType.ETHERNET, 0);
      return 1;
    }

    @Override
    public SourceStatistics statistics() {
      return SourceStatistics.NONE;
    }

    @Override
    public void interrupt() {
      interrupted = true;
    }

    @Override
    public void close() {
      interrupted = true;
    }
  }

  private final Wire one = new Wire("eth1");
  private final Wire other = new Wire("eth2");
  private final MergedSource both = new MergedSource(List.of(one, other));
  private final FrameBatch batch = new FrameBatch(16, FrameBatch.MAX_FRAME_BYTES);

  @Test
  void aWireThatFailsLeavesTheOther() throws Exception {
    assertThat(both.read(batch)).isEqualTo(2);
    one.broken = true;
    batch.clear();
    assertThat(both.read(batch)).isEqualTo(1);
    assertThat(batch.frame(0, new Frame()).interfaceIndex()).isEqualTo(1);
    // It stays out, as its handle is of no use any more.
    one.broken = false;
    assertThat(both.read(batch)).isEqualTo(1);
    both.interrupt();
    assertThat(both.read(batch)).isEqualTo(PacketSource.END);
  }

  @Test
  void failsAsTheFirstDidWhenNoWireIsLeft() throws Exception {
    other.broken = true;
    assertThat(both.read(batch)).isEqualTo(1);
    one.broken = true;
    assertThatThrownBy(() -> both.read(batch)).hasMessage("eth2 was removed");
  }
}
