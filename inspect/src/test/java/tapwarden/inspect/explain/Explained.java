package tapwarden.inspect.explain;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.LinkType;

/** An explained frame, asked for fields by layer id and name. */
record Explained(FrameExplanation frame) {
  /** 2026-01-02 03:04:05.123456789 UTC, by {@code date -u -d ... +%s}. */
  static final long TIMESTAMP_NANOS = 1_767_323_045_123_456_789L;

  static Explained ethernet(String... hex) {
    return of(LinkType.ETHERNET, bytes(hex));
  }

  static Explained of(int linkType, byte[] bytes) {
    MacVendor vendors = mac -> mac >>> 24 == 0x001882 ? "Huawei Technologies" : null;
    return new Explained(new FrameExplainer(vendors).explain(frame(linkType, bytes)));
  }

  static byte[] bytes(String... hex) {
    return HexFormat.of().parseHex(String.join("", hex).replaceAll("\\s", ""));
  }

  /** A frame in a native segment of just its length, so that any read beyond it fails. */
  static Frame frame(int linkType, byte[] bytes) {
    MemorySegment segment = Arena.ofAuto().allocate(bytes.length);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return new Frame()
        .wrap(segment, 0, bytes.length, bytes.length, TIMESTAMP_NANOS, linkType, 0, 17);
  }

  List<String> layers() {
    return frame.layers().stream().map(ExplainedLayer::id).toList();
  }

  ExplainedLayer layer(String id) {
    return frame.layers().stream()
        .filter(layer -> layer.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(id + " in " + layers()));
  }

  private static Stream<ExplainedField> all(List<ExplainedField> fields) {
    return fields.stream().flatMap(f -> Stream.concat(Stream.of(f), all(f.fields())));
  }

  List<ExplainedField> fields(String layer, String name) {
    return all(layer(layer).fields()).filter(field -> field.name().equals(name)).toList();
  }

  /** Value of the first field of this name; its meaning follows after a bar if it has one. */
  String field(String layer, String name) {
    List<ExplainedField> found = fields(layer, name);
    if (found.isEmpty()) {
      throw new NoSuchElementException(name + " in " + layer(layer));
    }
    ExplainedField field = found.getFirst();
    return field.meaning().isEmpty() ? field.value() : field.value() + " | " + field.meaning();
  }
}
