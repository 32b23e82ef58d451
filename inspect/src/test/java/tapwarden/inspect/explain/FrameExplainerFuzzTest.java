package tapwarden.inspect.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import tapwarden.capture.packet.LinkType;
import tapwarden.inspect.json.JsonWriter;

/** Whatever a frame holds: it is explained, in bounded text that no terminal can be misled by. */
class FrameExplainerFuzzTest {
  private static final int[] LINK_TYPES = {
    LinkType.ETHERNET,
    LinkType.NULL,
    LinkType.PPP,
    LinkType.PPP_HDLC,
    LinkType.PPP_ETHER,
    LinkType.RAW,
    LinkType.C_HDLC,
    LinkType.IEEE802_11,
    LinkType.FRELAY,
    LinkType.LOOP,
    LinkType.LINUX_SLL,
    LinkType.IEEE802_11_RADIOTAP,
    LinkType.IPV4,
    LinkType.IPV6,
    LinkType.NFLOG,
    LinkType.LINUX_SLL2,
    147
  };
  private static final int MOST_LINES = 20_000;

  /** The first byte chooses the link type. */
  @FuzzTest
  void explainsAnyFrame(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int linkType = LINK_TYPES[(data[0] & 0xFF) % LINK_TYPES.length];
    byte[] frame = Arrays.copyOfRange(data, 1, data.length);
    FrameExplanation explanation = Explained.of(linkType, frame).frame();
    assertThat(explanation.lines()).hasSizeLessThan(MOST_LINES);
    for (String line : explanation.lines()) {
      assertThat(line.chars().allMatch(FrameExplainerFuzzTest::isHarmless)).as(line).isTrue();
    }
    for (ExplainedLayer layer : explanation.layers()) {
      assertThat(layer.offset() + layer.length()).isLessThanOrEqualTo(frame.length);
    }
    JsonWriter json = new JsonWriter(1 << 24);
    ExplanationJson.write(explanation, json);
    assertThat(json.overflowed()).isFalse();
  }

  private static boolean isHarmless(int c) {
    return !Character.isISOControl(c)
        && Character.getType(c) != Character.FORMAT
        && c != 0x2028
        && c != 0x2029;
  }
}
