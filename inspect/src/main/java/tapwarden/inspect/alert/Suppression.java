package tapwarden.inspect.alert;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code suppress:}: alerts that a person judged wrong. Every part that is given must
 * match; at least one of detector, equipment and endpoint is.
 *
 * @param endpoint address, CIDR or name (with names below it)
 * @param until last day (UTC, packet time) on which it holds; null for ever
 * @param reason why, in the words of whoever wrote it; never empty
 * @param where file:line:column, for messages
 */
public record Suppression(
    @Nullable String detector,
    @Nullable String equipment,
    @Nullable String endpoint,
    @Nullable LocalDate until,
    String reason,
    String where) {}
