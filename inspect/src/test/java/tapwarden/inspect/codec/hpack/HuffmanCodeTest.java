package tapwarden.inspect.codec.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HuffmanCodeTest {
  /** All bytes from 0 to 255, as the Python package hpack 4.2.0 encodes them. */
  private static final String ALL_BYTES =
      "ffc7fffd8fffffe2fffffe3fffffe4fffffe5fffffe6fffffe7fffffe8ffffeafffffff3fffffa7f"
          + "ffffabffffffdfffffebfffffecfffffedfffffeefffffefffffff0ffffff1ffffff2fffffffbfff"
          + "ffcffffffd3fffffd7fffffdbfffffdffffffe3fffffe7fffffebfffffed4fe3f9ffaffcabf1febf"
          + "afefe7fdfd2cbb00089969b71d79fb9f7fff20ffbff3ff50ddbd7f061c58f265cd9f469d5af66ddd"
          + "bf871e5f9cff7ff7fffc3ff9ffe45fff4719242cb34e6e9d68a6a3d7dac426defe3cfaf7fffbfe7f"
          + "fbffdffffffcfffe6ffff4bfff9ffffa3fffd3ffff53fffd5ffffb3fffeb7fffdaffffb7ffff73ff"
          + "feeffffdeffffebffffbfffffd9ffffdbfffebffffe0ffffeeffffc3ffff8bffff1ffffe4fffee7f"
          + "ffb1ffff97fffd9ffffcdffff9fffffbffffdafffeeffff4ffffb7fffee7fffe8ffffd3fffdeffff"
          + "d5fffeeffffbdffffe1fffdfffff7fffff5ffffecffff07fff87fffe0ffff17fffedffff87ffff77"
          + "fffeffffeaffff8bfffe3ffff93ffff87fffcbffff37ffff1fffff83ffffe1fffebfffe3ffff3fff"
          + "ff2ffffa3ffffd9fffff17ffffc7fffff27ffffdefffffbffffff2fffff8fffffb7fff97fff8ffff"
          + "fe6fffffc1fffff87ffffe7fffffc5ffffe5fffe4ffff2fffffd1fffff4ffffffefffffe3fffffc9"
          + "fffff97fffb3ffffcffffb7fffcdffff4ffff9ffffd1ffffcffffeaffffafffffddffffeffffff4f"
          + "ffff5fffffabffffa7ffffd7fffff9bffffecfffffb7fffff3fffffe8fffffd3fffffabfffff5fff"
          + "ffff7ffffecfffffdbfffffbbfffff7ffffff0fffffbbf";

  private static byte[] decode(String digits) {
    byte[] code = HexFormat.of().parseHex(digits);
    byte[] out = new byte[HuffmanCode.mostBytes(code.length)];
    int length = HuffmanCode.decode(MemorySegment.ofArray(code), 0, code.length, out);
    return length < 0 ? new byte[] {-1, -1, -1} : Arrays.copyOf(out, length);
  }

  @Test
  void decodesTheExamplesOfTheRfc() {
    assertThat(decode("f1e3c2e5f23a6ba0ab90f4ff")).asString().isEqualTo("www.example.com");
    assertThat(decode("d07abe941054d444a8200595040b8166e082a62d1bff"))
        .asString()
        .isEqualTo("Mon, 21 Oct 2013 20:13:21 GMT");
    assertThat(decode("")).isEmpty();
  }

  @Test
  void knowsTheCodeOfEveryByte() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(decode(ALL_BYTES)).isEqualTo(all);
  }

  @Test
  void hasRoomForTheShortestCodes() {
    // Eight times the digit 0, whose code is five zeros.
    assertThat(decode("0000000000")).asString(StandardCharsets.US_ASCII).isEqualTo("00000000");
  }

  @Test
  void refusesWrongPaddingAndTheEndOfStringItself() {
    byte[] broken = {-1, -1, -1};
    // 'a' is 00011; then zeros where ones must be.
    assertThat(decode("18")).isEqualTo(broken);
    assertThat(decode("1f")).asString().isEqualTo("a");
    // More than seven bits of padding.
    assertThat(decode("1fff")).isEqualTo(broken);
    assertThat(decode("ffffffff")).isEqualTo(broken);
    assertThat(decode("fffffffc")).isEqualTo(broken);
  }
}
