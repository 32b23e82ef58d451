package tapwarden.inspect.alert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What one incident stands for beside the endpoint that opened it: other names below one listed
 * name, or the endpoints for which there were no more alerts. Bounded: the first ones are kept,
 * some more are told apart, and of even more it is said that there are more.
 */
final class FurtherEndpoints {
  private final Endpoint opener;
  private final int mostShown;
  private final int mostToldApart;
  private final List<Endpoint> shown = new ArrayList<>(0);
  private Set<String> known = Set.of();
  private boolean more;

  private FurtherEndpoints(Endpoint opener, int mostShown, int mostToldApart) {
    this.opener = opener;
    this.mostShown = mostShown;
    this.mostToldApart = mostToldApart;
  }

  /** Those of an incident about one endpoint: 16 other names of it. */
  static FurtherEndpoints ofOne(Endpoint opener) {
    return new FurtherEndpoints(opener, 16, 16);
  }

  /** Those of an incident about all endpoints that were too many: 64, and 1,024 told apart. */
  static FurtherEndpoints ofMany(Endpoint opener) {
    return new FurtherEndpoints(opener, 64, 1024);
  }

  /** Takes note of the endpoint unless it is known. */
  void add(Endpoint endpoint) {
    if (isSame(endpoint)) {
      return;
    }
    String what =
        endpoint.ip() == null ? Objects.toString(endpoint.name(), "") : endpoint.ip().toString();
    if (known.size() + 1 >= mostToldApart) {
      more |= !known.contains(what);
      return;
    }
    if (known.isEmpty()) {
      known = new HashSet<>(2);
    }
    if (known.add(what) && shown.size() < mostShown) {
      shown.add(endpoint);
    }
  }

  private boolean isSame(Endpoint endpoint) {
    return opener.ip() != null
        ? opener.ip().equals(endpoint.ip())
        : endpoint.ip() == null && Objects.equals(opener.name(), endpoint.name());
  }

  /** The first ones, without the one that opened the incident. */
  List<Endpoint> shown() {
    return shown;
  }

  /** How many there are, with the one that opened the incident, in words. */
  String number() {
    int number = known.size() + 1;
    if (more) {
      return "more than %,d further endpoints".formatted(number);
    }
    return number == 1 ? "1 further endpoint" : "%,d further endpoints".formatted(number);
  }
}
