package tapwarden.inspect.codec.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.inspect.stream.StreamMemory;

class HpackDecoderTest {
  private final StreamMemory memory = new StreamMemory(1 << 20);
  private final HpackDecoder decoder = new HpackDecoder(memory, new HpackScratch());

  private List<String> decode(String digits) {
    List<String> fields = new ArrayList<>();
    byte[] block = HexFormat.of().parseHex(digits.replace(" ", ""));
    boolean good = decoder.decode(MemorySegment.ofArray(block), 0, block.length, listener(fields));
    assertThat(decoder.problem() == null).isEqualTo(good);
    return fields;
  }

  private static HeaderListener listener(List<String> fields) {
    return (name, nameStart, nameLength, value, valueStart, valueLength) ->
        fields.add(
            new String(name, nameStart, nameLength, StandardCharsets.ISO_8859_1)
                + ": "
                + new String(value, valueStart, valueLength, StandardCharsets.ISO_8859_1));
  }

  @Test
  void decodesSingleFieldsOfAppendixC2() {
    assertThat(decode("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"))
        .containsExactly("custom-key: custom-header");
    assertThat(decode("be")).containsExactly("custom-key: custom-header");
    assertThat(decode("040c 2f73 616d 706c 652f 7061 7468")).containsExactly(":path: /sample/path");
    assertThat(decode("1008 7061 7373 776f 7264 0673 6563 7265 74"))
        .containsExactly("password: secret");
    assertThat(decode("82")).containsExactly(":method: GET");
    // Neither of the two was kept.
    assertThat(decode("bf")).isEmpty();
    assertThat(decoder.problem()).isEqualTo("hpack_index");
  }

  @Test
  void decodesTheRequestsOfAppendixC3() {
    requests(
        "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "8286 84be 5808 6e6f 2d63 6163 6865",
        "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65");
  }

  @Test
  void decodesTheRequestsOfAppendixC4InHuffmanCode() {
    requests(
        "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
        "8286 84be 5886 a8eb 1064 9cbf",
        "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf");
  }

  private void requests(String first, String second, String third) {
    assertThat(decode(first))
        .containsExactly(
            ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
    assertThat(decode(second))
        .containsExactly(
            ":method: GET",
            ":scheme: http",
            ":path: /",
            ":authority: www.example.com",
            "cache-control: no-cache");
    assertThat(decode(third))
        .containsExactly(
            ":method: GET",
            ":scheme: https",
            ":path: /index.html",
            ":authority: www.example.com",
            "custom-key: custom-value");
  }

  @Test
  void decodesTheResponsesOfAppendixC5WithEviction() {
    responses(
        "4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a"
            + " 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "4803 3330 37c1 c0bf",
        "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04"
            + " 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745"
            + " 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31");
  }

  @Test
  void decodesTheResponsesOfAppendixC6InHuffmanCode() {
    responses(
        "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e"
            + " 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
        "4883 640e ffc1 c0bf",
        "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7"
            + " 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0"
            + " 03ed 4ee5 b106 3d50 07");
  }

  /** The examples set the table to 256 bytes, which is said before the first block here. */
  private void responses(String first, String second, String third) {
    assertThat(decode("3fe101" + first))
        .containsExactly(
            ":status: 302",
            "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:21 GMT",
            "location: https://www.example.com");
    assertThat(decode(second))
        .containsExactly(
            ":status: 307",
            "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:21 GMT",
            "location: https://www.example.com");
    assertThat(decode(third))
        .containsExactly(
            ":status: 200",
            "cache-control: private",
            "date: Mon, 21 Oct 2013 20:13:22 GMT",
            "location: https://www.example.com",
            "content-encoding: gzip",
            "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
    // Of what the table held before, the date, the encoding and the cookie are left (C.5.3).
    assertThat(decode("be bf c0")).hasSize(3).last().asString().startsWith("date: ");
    assertThat(decode("c1")).isEmpty();
  }

  @Test
  void emptiesTheTableForAFieldThatIsLongerThanIt() {
    decode("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572");
    // 5,000 bytes (127 + 4,873) of value.
    decode("4001 61 7f 8926 " + "62".repeat(5_000));
    assertThat(decoder.problem()).isNull();
    assertThat(decode("be")).isEmpty();
    assertThat(decoder.problem()).isEqualTo("hpack_index");
  }

  @Test
  void holdsManyFieldsOfAnySizeInOrder() {
    decode("3fe1ff03"); // A table of 65,536 bytes, the most.
    assertThat(decoder.problem()).isNull();
    for (int i = 0; i < 5_000; i++) {
      String value = HexFormat.of().toHexDigits((short) i).repeat(1 + i % 5);
      decode("4001 61" + HexFormat.of().toHexDigits((byte) (value.length() / 2)) + value);
      String last = new String(HexFormat.of().parseHex(value), StandardCharsets.ISO_8859_1);
      assertThat(decode("be")).containsExactly("a: " + last);
      // Ten back; 62 + 10 = 72.
      if (i >= 10) {
        String tenth = HexFormat.of().toHexDigits((short) (i - 10)).repeat(1 + (i - 10) % 5);
        assertThat(decode("c8"))
            .containsExactly(
                "a: " + new String(HexFormat.of().parseHex(tenth), StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(memory.usedBytes()).isLessThan(2 * 65_536 + 12 * 4_096);
    decoder.release();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void refusesATableLargerThanItsLimit() {
    assertThat(decode("3fe2ff03")).isEmpty(); // 65,537
    assertThat(decoder.problem()).isEqualTo("hpack_table_size");
    assertThat(decode("82")).isEmpty();
  }

  @Test
  void refusesNumbersAndStringsThatGoTooFar() {
    for (String broken :
        List.of("80", "ffffffffff7f", "7f", "400a6375", "4001", "ff", "00 ff80808080")) {
      HpackDecoder fresh = new HpackDecoder(memory, new HpackScratch());
      byte[] block = HexFormat.of().parseHex(broken.replace(" ", ""));
      assertThat(
              fresh.decode(
                  MemorySegment.ofArray(block), 0, block.length, listener(new ArrayList<>())))
          .as(broken)
          .isFalse();
      fresh.release();
    }
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void spendsNoMoreOnABombThanItsBytesAllow() {
    // A name of 4,000 bytes (127 + 3,873), kept; then kept again and again under its number.
    decode("40 7f a11e " + "6e".repeat(4_000) + "00");
    assertThat(decoder.problem()).isNull();
    long budget = HpackDecoder.FIRST_WORK + 4_005L * HpackDecoder.WORK_PER_BYTE;
    int copies = 0;
    while (decoder.problem() == null && copies < 1_000) {
      decode("7e 00");
      copies++;
    }
    assertThat(decoder.problem()).isEqualTo("hpack_work");
    assertThat(copies - 1L).isBetween(budget / 4_000 - 1, budget / 3_900);
  }

  @Test
  void stopsWithoutMemoryForItsTable() {
    HpackDecoder poor = new HpackDecoder(new StreamMemory(100), new HpackScratch());
    byte[] block = HexFormat.of().parseHex("82400161016282");
    List<String> fields = new ArrayList<>();
    assertThat(poor.decode(MemorySegment.ofArray(block), 0, block.length, listener(fields)))
        .isFalse();
    assertThat(fields).containsExactly(":method: GET", "a: b");
    assertThat(poor.problem()).isEqualTo("hpack_no_memory");
  }
}
