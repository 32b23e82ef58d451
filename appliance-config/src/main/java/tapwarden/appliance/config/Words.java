package tapwarden.appliance.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Cidr;

/** Reads the words of networking: addresses, networks, hardware addresses, protocols, names. */
final class Words {
  private static final Pattern MAC =
      Pattern.compile(
          "(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\\1){4}[0-9a-f]{2}|(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4}");
  private static final Pattern NAME =
      Pattern.compile(
          "(?:\\*\\.)?(?:[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?\\.)*[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}_])?\\.?");
  private static final int LONGEST_NAME = 253;

  /** IANA protocol numbers by the names people use. */
  private static final Map<String, Integer> PROTOCOLS =
      Map.of(
          "icmp", 1, "igmp", 2, "tcp", 6, "udp", 17, "gre", 47, "esp", 50, "ah", 51, "icmpv6", 58,
          "sctp", 132, "udplite", 136);

  private Words() {}

  /** Takes words apart that are separated by commas: {@code alert,flow}. */
  static List<Item> split(List<Item> items) {
    List<Item> words = new ArrayList<>();
    for (Item item : items) {
      Position place = item.position();
      int start = 0;
      for (String word : item.text().split(",", -1)) {
        String text = word.strip();
        Position position =
            new Position(
                place.text(), place.line(), place.column() + start, Math.max(1, word.length()));
        if (!text.isEmpty()) {
          words.add(new Item(text, position));
        }
        start += word.length() + 1;
      }
    }
    return words;
  }

  static List<Cidr> networks(List<Item> items, ConfigProblems problems) {
    List<Cidr> networks = new ArrayList<>();
    for (Item item : items) {
      Cidr network = network(item, problems);
      if (network != null) {
        networks.add(network);
      }
    }
    return networks;
  }

  /** A network or single address; host bits beside the prefix are an error, not a guess. */
  static @Nullable Cidr network(Item item, ConfigProblems problems) {
    String text = item.text();
    Cidr network = Cidr.parse(text);
    if (network == null) {
      problems.error(
          item.position(),
          "'" + Visible.text(text) + "' is no network",
          "a network is written 10.40.17.0/29 or fd00:40::/64, an address 10.40.17.2");
      return null;
    }
    int slash = text.indexOf('/');
    Cidr address = Cidr.parse(slash < 0 ? text : text.substring(0, slash));
    if (address != null && !address.address().equals(network.address())) {
      problems.error(
          item.position(),
          "'" + text + "' has bits beside its prefix",
          "the network is " + network + ", the address alone " + address.address());
      return null;
    }
    return network;
  }

  static @Nullable Long mac(Item item, ConfigProblems problems) {
    String text = item.text().toLowerCase(Locale.ROOT);
    if (!MAC.matcher(text).matches()) {
      problems.error(
          item.position(),
          "'" + Visible.text(item.text()) + "' is no hardware address",
          "a hardware address is written 00:e0:fc:12:34:56");
      return null;
    }
    return Long.parseLong(text.replaceAll("[:.-]", ""), 16);
  }

  static @Nullable Integer number(
      Item item, String what, int least, int most, ConfigProblems problems) {
    try {
      int number = Integer.parseInt(item.text());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // reported below, as a number out of range is
    }
    problems.error(
        item.position(),
        "'" + Visible.text(item.text()) + "' is no " + what,
        "allowed: " + least + " to " + most);
    return null;
  }

  /** An IP protocol's number, or -1 after reporting that the word is none. */
  static int protocol(Item item, ConfigProblems problems) {
    Integer number = PROTOCOLS.get(item.text().toLowerCase(Locale.ROOT));
    if (number != null) {
      return number;
    }
    if (item.text().chars().allMatch(Character::isDigit)) {
      Integer given = number(item, "protocol", 0, 255, problems);
      return given == null ? -1 : given;
    }
    problems.unknown(item.position(), "protocol", item.text(), PROTOCOLS.keySet());
    return -1;
  }

  /** {@code {from, to}} of {@code 443} or {@code 8000-8100}; null after reporting. */
  static int @Nullable [] ports(Item item, ConfigProblems problems) {
    String[] ends = item.text().split("-", 2);
    try {
      int from = Integer.parseInt(ends[0].strip());
      int to = ends.length == 1 ? from : Integer.parseInt(ends[1].strip());
      if (from >= 0 && to <= 65_535 && from <= to) {
        return new int[] {from, to};
      }
    } catch (NumberFormatException notANumber) {
      // reported below, as a number out of range is
    }
    problems.error(
        item.position(),
        "'" + Visible.text(item.text()) + "' is no port",
        "allowed: 0 to 65535, or a range: 8000-8100");
    return null;
  }

  /** Whether the text is {@code host.example} or {@code *.example}. */
  static boolean isName(String text) {
    return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
  }
}
