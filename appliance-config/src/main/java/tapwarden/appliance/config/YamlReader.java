package tapwarden.appliance.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into {@link YamlValue}s with their places. It reads the parser's events itself: no
 * object is ever constructed from a tag, and depth, number of values and what aliases expand to are
 * limited before anything is built.
 */
final class YamlReader {
  /** Deepest nesting of lists and sections. */
  static final int DEEPEST = 32;

  /** Most values of one file, each alias counted with everything it stands for. */
  static final int MOST_VALUES = 2_000_000;

  private final ConfigText text;
  private final ConfigProblems problems;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int values;

  private record Anchored(YamlValue value, int values) {}

  /** Ends the reading of a file in which nothing further can be trusted. */
  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableException() {
      super(null, null, false, false);
    }
  }

  private YamlReader(ConfigText text, ConfigProblems problems) {
    this.text = text;
    this.problems = problems;
  }

  /** The one value of a document; null if it is empty or could not be read (then reported). */
  static @Nullable YamlValue read(ConfigText text, ConfigProblems problems) {
    return new YamlReader(text, problems).document(String.join("\n", text.lines()));
  }

  /** A value that stands in a flag or variable, starting at {@code column}. */
  static @Nullable YamlValue readInline(ConfigText text, int column, ConfigProblems problems) {
    String value = text.line(1).substring(column - 1);
    return new YamlReader(text, problems).document(" ".repeat(column - 1) + value);
  }

  private @Nullable YamlValue document(String yaml) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(text.name()).setCodePointLimit(Integer.MAX_VALUE).build();
    try {
      return document(new Parse(settings).parseString(yaml).iterator());
    } catch (UnreadableException alreadyReported) {
      return null;
    } catch (MarkedYamlEngineException e) {
      Position position = at(e.getProblemMark().or(e::getContextMark), 1);
      String problem = e.getProblem() == null ? "cannot be read" : e.getProblem();
      String context = e.getContext() == null ? "" : " " + e.getContext();
      problems.error(position, "not YAML: " + Visible.text(problem + context));
      return null;
    } catch (ReaderException e) {
      problems.error(
          Position.whole(text),
          String.format("not YAML: character U+%04X is not allowed", e.getCodePoint()));
      return null;
    } catch (YamlEngineException e) {
      problems.error(Position.whole(text), "not YAML: " + Visible.text(String.valueOf(e)));
      return null;
    }
  }

  private @Nullable YamlValue document(Iterator<Event> events) {
    YamlValue value = null;
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case DocumentStart -> {
          documents++;
          if (documents > 1) {
            throw refuse(event, "a second document; a file holds one");
          }
        }
        default -> value = value(event, events, 0);
      }
    }
    return value instanceof YamlValue.Scalar scalar && scalar.isNull() ? null : value;
  }

  private YamlValue value(Event event, Iterator<Event> events, int depth) {
    count(event, 1);
    if (event instanceof AliasEvent alias) {
      Anchored anchored = anchors.get(alias.getAlias().getValue());
      if (anchored == null) {
        throw refuse(event, "the alias stands for a value that is not complete before it");
      }
      count(event, anchored.values());
      return anchored.value();
    }
    int before = values;
    YamlValue value =
        switch (event.getEventId()) {
          case Scalar -> scalar((ScalarEvent) event);
          case SequenceStart -> sequence((CollectionStartEvent) event, events, depth);
          case MappingStart -> mapping((CollectionStartEvent) event, events, depth);
          default -> throw refuse(event, "not YAML: a value is missing");
        };
    int weight = values - before;
    ((NodeEvent) event)
        .getAnchor()
        .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(value, weight)));
    return value;
  }

  private YamlValue.Scalar scalar(ScalarEvent event) {
    refuseTag(event, event.getTag());
    int length = event.isPlain() ? event.getValue().length() : lengthOnLine(event);
    return new YamlValue.Scalar(
        at(event.getStartMark(), length), event.getValue(), event.isPlain());
  }

  private YamlValue.Sequence sequence(
      CollectionStartEvent start, Iterator<Event> events, int depth) {
    enter(start, depth);
    List<YamlValue> items = new ArrayList<>();
    Event event = next(events);
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(value(event, events, depth + 1));
      event = next(events);
    }
    return new YamlValue.Sequence(at(start.getStartMark(), 1), items);
  }

  private YamlValue.Mapping mapping(CollectionStartEvent start, Iterator<Event> events, int depth) {
    enter(start, depth);
    List<YamlValue.Entry> entries = new ArrayList<>();
    Map<String, Position> seen = new HashMap<>();
    Event event = next(events);
    while (event.getEventId() != Event.ID.MappingEnd) {
      if (!(value(event, events, depth + 1) instanceof YamlValue.Scalar key)) {
        throw refuse(event, "a key must be a single word");
      }
      YamlValue value = value(next(events), events, depth + 1);
      Position first = seen.putIfAbsent(key.text(), key.position());
      if (first == null) {
        entries.add(new YamlValue.Entry(key.text(), key.position(), value));
      } else {
        String name = Visible.text(key.text());
        problems.error(
            key.position(), "key '" + name + "' appears twice; it was given before at " + first);
      }
      event = next(events);
    }
    return new YamlValue.Mapping(at(start.getStartMark(), 1), entries);
  }

  private static Event next(Iterator<Event> events) {
    Event event = events.next();
    while (event.getEventId() == Event.ID.Comment) {
      event = events.next();
    }
    return event;
  }

  private void enter(CollectionStartEvent start, int depth) {
    refuseTag(start, start.getTag());
    if (depth >= DEEPEST) {
      throw refuse(start, "nested deeper than " + DEEPEST + " levels");
    }
  }

  private void count(Event event, int more) {
    values += more;
    if (values > MOST_VALUES || values < 0) {
      throw refuse(event, "more than " + MOST_VALUES + " values, aliases counted in full");
    }
  }

  /** Tags ask for types; the configuration has none but its own. */
  private void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent() && !tag.get().equals("!") && !tag.get().startsWith("tag:yaml.org,2002:")) {
      throw refuse(event, "the tag '" + Visible.text(tag.get()) + "' is not allowed");
    }
    if (tag.isPresent() && tag.get().startsWith("tag:yaml.org,2002:java")) {
      throw refuse(event, "the tag '" + Visible.text(tag.get()) + "' is not allowed");
    }
  }

  private UnreadableException refuse(Event event, String message) {
    problems.error(at(event.getStartMark(), 1), message);
    return new UnreadableException();
  }

  private static int lengthOnLine(Event event) {
    Optional<Mark> start = event.getStartMark();
    Optional<Mark> end = event.getEndMark();
    if (start.isEmpty() || end.isEmpty() || start.get().getLine() != end.get().getLine()) {
      return 1;
    }
    return end.get().getColumn() - start.get().getColumn();
  }

  private Position at(Optional<Mark> mark, int length) {
    return mark.map(m -> at(m, length)).orElseGet(() -> Position.whole(text));
  }

  private Position at(Mark mark, int length) {
    return new Position(text, mark.getLine() + 1, mark.getColumn() + 1, Math.max(1, length));
  }
}
