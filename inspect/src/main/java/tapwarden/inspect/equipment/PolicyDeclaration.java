package tapwarden.inspect.equipment;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Cidr;

/**
 * One entry of {@code policies:}: what equipment may talk to outside the home networks.
 *
 * @param learnUntil until the end of that day (UTC, packet time) violations are not alerted; null
 *     for never
 * @param where file:line:column, for messages
 */
public record PolicyDeclaration(
    String name, List<Allow> allow, @Nullable LocalDate learnUntil, String where) {

  /**
   * One allowed kind of contact; every part that is given must hold.
   *
   * @param name {@code host.example} or {@code *.example} (any depth below); null if not by name
   * @param network null if not by address
   * @param protocol IP protocol number, or -1 for any
   * @param portFrom first allowed port of the endpoint, or -1 for any
   * @param portTo last allowed port
   * @param why free text, possibly empty
   */
  public record Allow(
      @Nullable String name,
      @Nullable Cidr network,
      int protocol,
      int portFrom,
      int portTo,
      String why) {}
}
