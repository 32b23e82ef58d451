package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import tapwarden.inspect.protocol.ProtocolProvider;
import tapwarden.inspect.protocol.dns.DnsKind;

/**
 * The protocols that there are, in the order of their words, each with a number from 1 on that is
 * the same in every run of one build. DNS in its three forms comes first and is not looked for by
 * {@link ProtocolProvider}s: its messages also teach names.
 */
final class ProtocolRegistry {
  /** Number of no protocol. */
  static final int NONE = 0;

  private static final List<ProtocolProvider> PROVIDERS = load();
  private static final List<String> WORDS = numbered();

  private ProtocolRegistry() {}

  private static List<ProtocolProvider> load() {
    List<ProtocolProvider> found = new ArrayList<>();
    ServiceLoader.load(ProtocolProvider.class).forEach(found::add);
    found.sort(Comparator.comparing(ProtocolProvider::name));
    return List.copyOf(found);
  }

  private static List<String> numbered() {
    List<String> words = new ArrayList<>();
    words.add("");
    for (DnsKind kind : DnsKind.values()) {
      words.add(kind.word());
    }
    for (ProtocolProvider provider : PROVIDERS) {
      if (words.contains(provider.name())) {
        throw new IllegalStateException("two protocols are called " + provider.name());
      }
      words.add(provider.name());
    }
    return List.copyOf(words);
  }

  /** In the order of their numbers, which begin with {@link #firstProvided}. */
  static List<ProtocolProvider> providers() {
    return PROVIDERS;
  }

  static int firstProvided() {
    return 1 + DnsKind.values().length;
  }

  static int numberOf(DnsKind kind) {
    return 1 + kind.ordinal();
  }

  /** The number of a word; {@link #NONE} for one that is not known. */
  static int numberOf(String word) {
    return Math.max(NONE, WORDS.indexOf(word));
  }

  /** The words by number; none for number 0. */
  static List<String> words() {
    return WORDS;
  }

  /** The types of the events that the provided protocols write, in alphabetical order. */
  static List<String> eventTypes() {
    Set<String> types = new TreeSet<>();
    PROVIDERS.forEach(provider -> types.addAll(provider.eventTypes()));
    return List.copyOf(types);
  }
}
