package tapwarden.capture.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as in the LINKTYPE registry of tcpdump.org. */
class LinkTypeTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, Ethernet",
    "12, 101, raw IP",
    "14, 101, raw IP",
    "113, 113, Linux cooked capture",
    "147, 147, link type 147",
    // The upper bits say how long the frame check sequence is.
    "0x54000001, 1, Ethernet",
  })
  void namesTheTypeOfAFileHeader(String inFile, int linkType, String name) {
    int normal = LinkType.normalise(Integer.decode(inFile));
    assertThat(normal).isEqualTo(linkType);
    assertThat(LinkType.name(normal)).isEqualTo(name);
  }
}
