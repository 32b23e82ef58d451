package tapwarden.inspect.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class JsonWriterTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final ObjectMapper LONGS =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();
  private static final DateTimeFormatter EVE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx").withZone(ZoneOffset.UTC);

  private final JsonWriter json = new JsonWriter();

  @Test
  void putsCommasBetweenFieldsAndElementsOnly() {
    json.beginObject().field("a", 1).name("b").beginArray().value(2).value("x").beginObject();
    json.endObject().beginArray().endArray().endArray().field("c", false).name("d").nullValue();
    json.optionalField("e", null).optionalField("f", "g").endObject();
    assertThat(json.toString())
        .isEqualTo("{\"a\":1,\"b\":[2,\"x\",{},[]],\"c\":false,\"d\":null,\"f\":\"g\"}");
  }

  @Test
  void writesTheExtremesOfLong() {
    json.beginArray().value(Long.MIN_VALUE).value(Long.MAX_VALUE).value(0).value(-1).endArray();
    assertThat(json.toString()).isEqualTo("[-9223372036854775808,9223372036854775807,0,-1]");
  }

  @Test
  void writesNumbersOfEveryLengthAsTheJdkDoes() {
    for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
      for (long number : new long[] {power - 1, power, power + 1, 7 * power, -power, 1 - power}) {
        assertThat(json.reset().value(number).toString()).isEqualTo(Long.toString(number));
      }
    }
  }

  /** RFC 8259 §7: wherever among plain bytes a byte to be escaped stands, it is found. */
  @Test
  void findsWhatIsNotPlainAtEveryPlaceOfARun() {
    for (int length = 1; length <= 40; length++) {
      for (int at = 0; at < length; at++) {
        for (int odd = 0; odd < 128; odd++) {
          byte[] wire = new byte[length];
          Arrays.fill(wire, (byte) 'a');
          wire[at] = (byte) odd;
          String text = new String(wire, StandardCharsets.US_ASCII);
          String asText = json.reset().value(text).toString();
          assertThat(json.reset().value(wire, 0, length).toString()).isEqualTo(asText);
          assertThat(read(json).asString()).isEqualTo(text);
        }
      }
    }
  }

  @Test
  void writesOwnWordsAsTheyAre() {
    json.beginObject().wordField("event_type", "flow").name("words").beginArray();
    json.word("a").word("").endArray().endObject();
    assertThat(json.toString()).isEqualTo("{\"event_type\":\"flow\",\"words\":[\"a\",\"\"]}");
  }

  @Test
  void escapesWhatRfc8259DemandsAndWhatBreaksLinesOrDeceives() {
    json.value("\"\\\n\r\t\0\u0007\u007f\u0085\u2028\u2029\u202e\u2066\u200b\ufeff\u061c");
    assertThat(json.toString())
        .isEqualTo(
            "\"\\\"\\\\\\n\\r\\t\\u0000\\u0007\\u007f\\u0085\\u2028\\u2029\\u202e\\u2066\\u200b"
                + "\\ufeff\\u061c\"");
  }

  @Test
  void keepsPrintableTextOfEveryScriptReadable() {
    String text = "Überwachung 東京 Москва 😀 a/b";
    assertThat(json.value(text).toString()).isEqualTo('"' + text + '"');
  }

  @Test
  void replacesLoneSurrogatesBecauseStrictReadersRefuseTheLine() {
    json.value("a\ud800b\udc00\ud83d");
    assertThat(json.toString()).isEqualTo("\"a\\ufffdb\\ufffd\\ufffd\"");
  }

  @Test
  void tellsABrokenByteFromTheTextThatLooksLikeIt() {
    assertThat(wire(0xFF)).isEqualTo("\\xff");
    assertThat(wire('\\', 'x', 'f', 'f')).isEqualTo("\\x5cxff");
    assertThat(wire('C', ':', '\\', 'U')).isEqualTo("C:\\U");
  }

  @Test
  void takesOnlyWellFormedUtf8ForCharacters() {
    assertThat(wire(0xC3, 0xA9)).isEqualTo("é");
    assertThat(wire(0xF0, 0x9F, 0x98, 0x80)).isEqualTo("😀");
    assertThat(wire(0xC0, 0xAF)).as("overlong").isEqualTo("\\xc0\\xaf");
    assertThat(wire(0xE0, 0x80, 0xAF)).as("overlong").isEqualTo("\\xe0\\x80\\xaf");
    assertThat(wire(0xED, 0xA0, 0x80)).as("surrogate").isEqualTo("\\xed\\xa0\\x80");
    assertThat(wire(0xF4, 0x90, 0x80, 0x80)).as("> 10FFFF").isEqualTo("\\xf4\\x90\\x80\\x80");
    assertThat(wire(0xE6, 0x9D)).as("cut off").isEqualTo("\\xe6\\x9d");
    assertThat(wire(0xE6, 0x9D, 'a')).as("cut off").isEqualTo("\\xe6\\x9da");
  }

  @Test
  void agreesWithTheJdkDecoderOnWhatWellFormedUtf8Is() {
    Random random = new Random(20260102);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = (byte) (random.nextBoolean() ? 0x80 + random.nextInt(128) : random.nextInt(128));
      }
      String decoded = new String(bytes, StandardCharsets.UTF_8);
      boolean wellFormed = decoded.indexOf(0xFFFD) < 0;
      String written = read(json.reset().value(bytes, 0, bytes.length)).asString();
      assertThat(written.contains("\\x") && decoded.indexOf("\\x") < 0).isEqualTo(!wellFormed);
    }
  }

  @Test
  void writesTimesAsEveDoes() {
    Random random = new Random(7);
    List<Long> times = new ArrayList<>(List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
    times.add(1_582_934_400_000_000_000L); // 2020-02-29
    times.add(4_107_542_400_000_000_000L); // 2100-03-01
    for (int i = 0; i < 2_000; i++) {
      times.add(random.nextLong());
    }
    for (long nanos : times) {
      Instant instant =
          Instant.ofEpochSecond(
              Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
      assertThat(json.reset().valueTimestamp(nanos).toString())
          .isEqualTo('"' + EVE_TIME.format(instant) + '"');
    }
  }

  @Test
  void writesIpv6InFullAndIpv4Dotted() throws Exception {
    json.beginArray().valueIp(4, 0, 0xCB007109L).valueIp(6, 0x20010db800000000L, 1).endArray();
    assertThat(json.toString())
        .isEqualTo("[\"203.0.113.9\",\"2001:0db8:0000:0000:0000:0000:0000:0001\"]");
    Random random = new Random(8);
    for (int i = 0; i < 1_000; i++) {
      int bits = random.nextInt();
      byte[] octets = {(byte) (bits >> 24), (byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
      assertThat(json.reset().valueIp(4, 0, bits & 0xFFFF_FFFFL).toString())
          .isEqualTo('"' + InetAddress.getByAddress(octets).getHostAddress() + '"');
    }
  }

  @Test
  void writesHardwareAddresses() {
    assertThat(json.valueHexMac(0x02005E10AB01L).toString()).isEqualTo("\"02:00:5e:10:ab:01\"");
  }

  @Test
  void writesDecimalsWithFixedPlaces() {
    json.beginArray().value(1.005, 1).value(-0.04, 1).value(2.5, 0).value(-12.345678, 6);
    json.value(Double.NaN, 2).value(Double.POSITIVE_INFINITY, 2).value(1e300, 2).endArray();
    assertThat(json.toString()).isEqualTo("[1.0,0.0,3,-12.345678,null,null,null]");
    Random random = new Random(9);
    for (int i = 0; i < 1_000; i++) {
      double number = random.nextInt(1_000_000) / 64.0;
      String expected = new BigDecimal(number).setScale(3, RoundingMode.HALF_UP).toPlainString();
      assertThat(json.reset().value(number, 3).toString()).isEqualTo(expected);
    }
  }

  @Test
  void saysWhenTheLimitIsPassedAndIsUsableAgainAfterReset() {
    JsonWriter small = new JsonWriter(10);
    small.value("12345678");
    assertThat(small.overflowed()).isFalse();
    assertThat(small.length()).isEqualTo(10);
    small.reset().value("123456789");
    assertThat(small.overflowed()).isTrue();
    assertThat(small.length()).isZero();
    small.reset().beginArray();
    for (int i = 0; i < 100_000; i++) {
      small.value("0123456789012345678901234567890123456789");
    }
    assertThat(small.endArray().overflowed()).isTrue();
    assertThat(small.array().length).as("does not grow with what is lost").isLessThan(10_000);
    assertThat(small.reset().value(7).toString()).isEqualTo("7");
  }

  @Test
  void takesADocumentOfAnotherWriterAsOneValue() {
    JsonWriter inner = new JsonWriter();
    inner.beginObject().field("a", "b").endObject();
    json.beginArray().value(1).rawValue(inner).value(2).endArray();
    assertThat(json.toString()).isEqualTo("[1,{\"a\":\"b\"},2]");
    JsonWriter lost = new JsonWriter(3).value("too long");
    assertThat(json.reset().rawValue(lost).overflowed()).isTrue();
  }

  @Test
  void jacksonReadsBackRandomDocuments() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      Object tree = randomTree(random, 5);
      json.reset();
      write(tree);
      Object readBack = LONGS.readValue(json.array(), 0, json.length(), Object.class);
      assertThat(readBack).as("seed " + seed).isEqualTo(tree);
    }
  }

  @Test
  void allocatesNothingOnceItHasGrown() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] wire = {'a', '\\', 'x', (byte) 0xFF, (byte) 0xC3, (byte) 0xA9};
    for (int i = 0; i < 20_000; i++) {
      writeEvent(i, wire);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100_000; i++) {
      writeEvent(i, wire);
    }
    // The bean itself may allocate a little; a byte an event would be 100,000.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private void writeEvent(int i, byte[] wire) {
    json.reset().beginObject().name("timestamp").valueTimestamp(i * 1_000_003L);
    json.name("src_ip").valueIp(4, 0, i).name("dest_ip").valueIp(6, i, -i);
    json.field("flow_id", i * 77L).field("n\u0020", "Übung \u2028").field("up", true);
    json.name("rate").value(i / 3.0, 3).name("mac").valueHexMac(i);
    json.name("wire").value(wire, 0, wire.length).endObject();
  }

  private String wire(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return read(json.reset().value(bytes, 0, bytes.length)).asString();
  }

  private static JsonNode read(JsonWriter json) {
    return JACKSON.readTree(json.array(), 0, json.length());
  }

  private static Object randomTree(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> random.nextBoolean();
      case 2 -> randomText(random);
      case 3 -> {
        List<Object> list = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          list.add(randomTree(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          map.put("name_" + n, randomTree(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(40); n > 0; n--) {
      int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
      text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
    }
    return text.toString();
  }

  private void write(Object tree) {
    switch (tree) {
      case Long number -> json.value(number);
      case Boolean truth -> json.value(truth);
      case String text -> json.value(text);
      case List<?> list -> {
        json.beginArray();
        list.forEach(this::write);
        json.endArray();
      }
      case Map<?, ?> map -> {
        json.beginObject();
        map.forEach((name, value) -> {
          json.name((String) name);
          write(value);
        });
        json.endObject();
      }
      default -> throw new IllegalStateException();
    }
  }
}
