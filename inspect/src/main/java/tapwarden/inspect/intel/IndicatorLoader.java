package tapwarden.inspect.intel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.equipment.Networks;

/**
 * Makes an {@link IndicatorSet} of all configured lists: from the compiled snapshot if there is one
 * of exactly these lists (same bytes, same paths, same home networks), else from their text, after
 * which the snapshot of a large set is written for the next time. A snapshot that is damaged, or
 * cannot be written, costs time and a note, never indicators.
 */
public final class IndicatorLoader {
  /** The one format of {@link IndicatorSource} that is known here. */
  public static final String PLAIN = "plain";

  /** Sets of fewer entries are built faster than they are worth a snapshot. */
  public static final int LEAST_SNAPSHOT_ENTRIES = 100_000;

  private IndicatorLoader() {}

  /** The compiled lists and what became of them. */
  public record Loaded(IndicatorSet set, IndicatorReport report) {}

  /**
   * Loads the lists.
   *
   * @param networks home networks, whose addresses no list may name
   * @param snapshot file for the compiled form; null for none
   */
  public static Loaded load(
      List<IndicatorSource> sources, Networks networks, @Nullable Path snapshot) {
    if (sources.isEmpty()) {
      return new Loaded(IndicatorSet.EMPTY, new IndicatorReport(List.of(), false, List.of()));
    }
    List<String> notes = new ArrayList<>();
    byte[] key = snapshot == null ? null : key(sources, networks);
    if (snapshot != null && key != null) {
      try {
        Loaded loaded = IndicatorSnapshot.read(snapshot, key);
        if (loaded != null) {
          return loaded;
        }
      } catch (IOException e) {
        notes.add("snapshot " + snapshot + " is not usable: " + e.getMessage());
      }
    }
    Loaded built = build(sources, networks, notes);
    if (snapshot != null && key != null && built.set().size() >= LEAST_SNAPSHOT_ENTRIES) {
      try {
        IndicatorSnapshot.write(snapshot, key, built);
      } catch (IOException e) {
        notes.add("snapshot " + snapshot + " cannot be written: " + e);
        return new Loaded(built.set(), new IndicatorReport(built.report().lists(), false, notes));
      }
    }
    return built;
  }

  private static Loaded build(
      List<IndicatorSource> sources, Networks networks, List<String> notes) {
    PublicSuffixes suffixes = PublicSuffixes.ofJdk();
    if (suffixes.size() == 0) {
      notes.add("no list of public suffixes: only top-level domains are refused");
    }
    WorldCheck check = new WorldCheck(networks, suffixes);
    try (IndicatorSetBuilder builder = new IndicatorSetBuilder()) {
      List<ListReader> readers = new ArrayList<>();
      for (IndicatorSource source : sources) {
        ListReader reader = new ListReader(source.file(), builder, check);
        reader.read(source.format());
        readers.add(reader);
      }
      IndicatorSet set = builder.build();
      List<IndicatorReport.ListReport> reports = new ArrayList<>();
      for (int i = 0; i < readers.size(); i++) {
        reports.add(readers.get(i).report(builder.duplicates()[i]));
      }
      return new Loaded(set, new IndicatorReport(reports, false, notes));
    }
  }

  /** What the compiled form depends on, digested; null if a list cannot be read. */
  private static byte @Nullable [] key(List<IndicatorSource> sources, Networks networks) {
    MessageDigest all = sha256();
    MessageDigest each = sha256();
    all.update(text("%d %s".formatted(IndicatorSnapshot.FORMAT, networks.home())));
    all.update(text(System.getProperty("java.vm.version", "")));
    for (IndicatorSource source : sources) {
      byte[] digest = ListReader.digest(source.file(), each);
      if (digest == null) {
        return null;
      }
      all.update(text("\n%s %s ".formatted(source.format(), source.file())));
      all.update(digest);
    }
    return all.digest();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
