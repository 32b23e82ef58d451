package tapwarden.appliance.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object read from one line of a log: texts, numbers as texts, truth values, lists and
 * objects. What is missing or of another kind than asked for reads as empty.
 */
final class JsonTree {
  private static final int DEEPEST = 32;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();
  private static final JsonTree EMPTY = new JsonTree(Map.of());

  private final Map<String, Object> fields;

  private JsonTree(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** The object in these bytes; null if they are not one. */
  static @Nullable JsonTree read(byte[] bytes, int offset, int length) {
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? new JsonTree(object(parser)) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  @Nullable String text(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  String text(String name, String fallback) {
    String text = text(name);
    return text == null ? fallback : text;
  }

  long number(String name) {
    try {
      return fields.get(name) instanceof String digits ? Long.parseLong(digits) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  JsonTree object(String name) {
    return fields.get(name) instanceof JsonTree tree ? tree : EMPTY;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (fields.get(name) instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  List<JsonTree> objects(String name) {
    List<JsonTree> trees = new ArrayList<>();
    if (fields.get(name) instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof JsonTree tree) {
          trees.add(tree);
        }
      }
    }
    return trees;
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      Object value = value(parser);
      if (value != null) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> new JsonTree(object(parser));
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          Object item = value(parser);
          if (item != null) {
            items.add(item);
          }
        }
        yield items;
      }
      case VALUE_NULL -> null;
      default -> parser.getString();
    };
  }
}
