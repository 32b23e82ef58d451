package tapwarden.inspect.explain;

import java.util.List;
import tapwarden.inspect.json.JsonWriter;

/** Writes an explanation as one JSON object, for {@code tapwarden explain --json}. */
public final class ExplanationJson {
  private ExplanationJson() {}

  /** Appends {@code frame} as one object. */
  public static void write(FrameExplanation frame, JsonWriter json) {
    json.beginObject()
        .field("number", frame.number())
        .field("timestamp", frame.timestamp())
        .field("wire_length", frame.wireLength())
        .field("captured_length", frame.capturedLength())
        .field("link_type", frame.linkType());
    json.name("layers").beginArray();
    for (ExplainedLayer layer : frame.layers()) {
      json.beginObject()
          .field("layer", layer.id())
          .field("title", layer.title())
          .field("offset", layer.offset())
          .field("length", layer.length());
      fields(layer.fields(), json);
      json.endObject();
    }
    json.endArray().name("remains").beginArray();
    for (ExplainedBytes bytes : frame.remains()) {
      json.beginObject()
          .field("title", bytes.title())
          .field("offset", bytes.offset())
          .field("length", bytes.length())
          .name("dump")
          .beginArray();
      bytes.dump().forEach(json::value);
      json.endArray().endObject();
    }
    json.endArray().name("malformed").beginArray();
    for (ExplainedFault fault : frame.faults()) {
      json.beginObject().field("code", fault.code()).field("meaning", fault.sentence()).endObject();
    }
    json.endArray().endObject();
  }

  private static void fields(List<ExplainedField> fields, JsonWriter json) {
    json.name("fields").beginArray();
    for (ExplainedField field : fields) {
      json.beginObject().field("name", field.name()).field("value", field.value());
      if (!field.meaning().isEmpty()) {
        json.field("meaning", field.meaning());
      }
      if (!field.fields().isEmpty()) {
        fields(field.fields(), json);
      }
      json.endObject();
    }
    json.endArray();
  }
}
