package tapwarden.appliance.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Severity;

/**
 * One revision of an alert as a line of {@code eve.json} has it.
 *
 * @param json the line's object, for whoever wants more than is shown in a list
 * @param line the line itself
 */
record LoggedAlert(ShownAlert alert, JsonTree json, String line) {
  /** ISO 8601 with any fraction and an offset with or without a colon, as EVE's +0000. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  private static final long NANOS = 1_000_000_000L;

  /** Reads a line; null if it is not an alert of ours. */
  static @Nullable LoggedAlert read(byte[] bytes, int offset, int length) {
    JsonTree json = JsonTree.read(bytes, offset, length);
    if (json == null || !"alert".equals(json.text("event_type"))) {
      return null;
    }
    JsonTree own = json.object("tapwarden");
    String id = own.text("id");
    return id == null
        ? null
        : new LoggedAlert(
            alert(id, json, own), json, new String(bytes, offset, length, StandardCharsets.UTF_8));
  }

  private static ShownAlert alert(String id, JsonTree json, JsonTree own) {
    JsonTree equipment = own.object("equipment");
    JsonTree endpoint = own.object("endpoint");
    String address = endpoint.text("ip");
    long written = nanos(json.text("timestamp"));
    long firstSeen = seen(own.text("first_seen"), written);
    return new ShownAlert(
        id,
        (int) Math.max(1, own.number("revision")),
        firstSeen,
        severity(json.object("alert").number("severity")),
        (int) own.number("score"),
        equipment.text("id", "?"),
        equipment.text("vendor"),
        equipment.text("role"),
        address,
        (int) endpoint.number("port"),
        endpoint.text("proto", json.text("proto", "")).toLowerCase(Locale.ROOT),
        endpoint.text("name"),
        own.text("detector", "?"),
        json.object("alert").text("signature", "?"),
        own.text("stage", "?"),
        Math.max(1, own.number("count")),
        firstSeen,
        seen(own.text("last_seen"), written),
        own.texts("because"),
        own.objects("further_endpoints").stream()
            .map(further -> new ShownAlert.Further(further.text("ip"), further.text("name")))
            .toList());
  }

  private static Severity severity(long number) {
    for (Severity severity : Severity.values()) {
      if (severity.number() == number) {
        return severity;
      }
    }
    return Severity.LOW;
  }

  private static long seen(@Nullable String text, long fallback) {
    return text == null ? fallback : nanos(text);
  }

  private static long nanos(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      Instant time = OffsetDateTime.parse(text, TIME).toInstant();
      return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), (long) time.getNano());
    } catch (DateTimeParseException | ArithmeticException e) {
      return 0;
    }
  }
}
