package tapwarden.appliance.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tapwarden.appliance.config.Visible;
import tapwarden.inspect.equipment.Claim;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.InventoryEntry;
import tapwarden.inspect.equipment.PacketPlace;
import tapwarden.inspect.equipment.Trait;
import tapwarden.inspect.equipment.claim.Guess;
import tapwarden.inspect.wire.MacAddressText;

/**
 * The inventory for people: a table, then each device that said something of itself, with what
 * follows from it and the packets to look at.
 */
final class InventoryText {
  private static final int MOST_LISTED = 8;

  private final Terminal terminal;

  InventoryText(Terminal terminal) {
    this.terminal = terminal;
  }

  void table(List<InventoryEntry> entries) {
    TextTable table =
        new TextTable(
            "EQUIPMENT", "VENDOR", "ROLE", "ADDRESSES", "MAC", "NAMES", "KNOWN BY", "PACKETS");
    for (InventoryEntry entry : entries) {
      table.row(
          entry.id(),
          text(vendor(entry)),
          text(entry.forwarder() ? "forwarder" : role(entry)),
          text(joined(entry.addresses())),
          text(String.join(" ", macs(entry))),
          text(joined(entry.names())),
          text(joined(entry.identifiedBy())),
          entry.frames() == 0 ? "-" : Long.toString(entry.frames()));
    }
    int columns = terminal.outIsTerminal() ? terminal.columns() : Integer.MAX_VALUE;
    table.lines(columns, terminal.color()).forEach(terminal.out()::println);
  }

  /** Those of the entries that said something of themselves, each in a paragraph. */
  void details(List<InventoryEntry> entries) {
    List<InventoryEntry> speakers =
        entries.stream().filter(entry -> !entry.traits().isEmpty()).toList();
    for (InventoryEntry entry : speakers) {
      terminal.out().println();
      details(entry);
    }
    if (!speakers.isEmpty()) {
      terminal.out().println();
    }
  }

  private void details(InventoryEntry entry) {
    terminal.out().println(Ansi.BOLD.paint(Visible.text(entry.id()), terminal.color()));
    Equipment equipment = entry.equipment();
    if (equipment != null && equipment.declared()) {
      known("vendor", equipment.vendor(), "declared");
      known("role", equipment.role(), "declared");
    }
    known("vendor", entry.organisation(), "oui");
    for (Map.Entry<Guess, Set<String>> claim : sources(entry.claims()).entrySet()) {
      Guess guess = claim.getKey();
      known(guess.kind().id(), guess.value(), String.join(", ", claim.getValue()));
    }
    for (Trait trait : entry.traits()) {
      terminal
          .out()
          .println("  says " + trait.word() + " " + quoted(trait.text()) + ": " + where(trait));
    }
  }

  private void known(String kind, @Nullable String value, String source) {
    if (value != null) {
      terminal.out().println("  " + kind + " " + Visible.text(value) + " (" + source + ")");
    }
  }

  /** Each guess once, with all that it was made of. */
  private static Map<Guess, Set<String>> sources(List<Claim> claims) {
    Map<Guess, Set<String>> sources = new LinkedHashMap<>();
    for (Claim claim : claims) {
      Set<String> words = sources.computeIfAbsent(claim.guess(), guess -> new LinkedHashSet<>());
      words.add(
          claim.contradictsDeclared()
              ? claim.trait() + ", CONTRADICTS what is declared"
              : claim.trait());
    }
    return sources;
  }

  private static String where(Trait trait) {
    PacketPlace first = trait.first();
    PacketPlace last = trait.last();
    String place = "packet " + first.number() + " of " + Visible.text(first.source());
    return first.equals(last) ? place : place + ", still at " + AlertLine.isoTime(last.nanos());
  }

  private static String quoted(String text) {
    return '"' + Visible.text(text) + '"';
  }

  static @Nullable String vendor(InventoryEntry entry) {
    Equipment equipment = entry.equipment();
    return equipment == null || equipment.vendor() == null
        ? entry.organisation()
        : equipment.vendor();
  }

  static @Nullable String role(InventoryEntry entry) {
    return entry.equipment() == null ? null : entry.equipment().role();
  }

  static List<String> macs(InventoryEntry entry) {
    return entry.macs().stream().map(MacAddressText::format).toList();
  }

  private static String joined(List<?> items) {
    List<String> listed = new ArrayList<>();
    items.stream().limit(MOST_LISTED).forEach(item -> listed.add(item.toString()));
    return String.join(" ", listed) + (items.size() > MOST_LISTED ? " …" : "");
  }

  private static String text(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }
}
