package tapwarden.inspect.equipment;

import java.util.TreeMap;

/**
 * Networks of one IP version by prefix length, one hash table for each length in use: the longest
 * matching prefix is found with as many probes as there are lengths.
 */
final class PrefixTables {
  private final int version;
  private final HashKey key;
  private final TreeMap<Integer, AddressTable> byPrefix = new TreeMap<>();
  private int[] prefixes = {};
  private AddressTable[] tables = {};

  PrefixTables(int version, HashKey key) {
    this.version = version;
    this.key = key;
  }

  /** The table of the networks with this prefix length. */
  AddressTable of(int prefix) {
    return byPrefix.computeIfAbsent(prefix, p -> new AddressTable(key, Integer.MAX_VALUE));
  }

  /** To be called once after the last network was added. */
  PrefixTables compile() {
    prefixes = byPrefix.descendingKeySet().stream().mapToInt(Integer::intValue).toArray();
    tables = byPrefix.descendingMap().values().toArray(new AddressTable[0]);
    return this;
  }

  /** The value of the longest network that contains the address, or {@link AddressTable#ABSENT}. */
  int longestMatch(long high, long low) {
    for (int i = 0; i < prefixes.length; i++) {
      int prefix = version == 4 ? prefixes[i] + 96 : prefixes[i];
      long maskedHigh = prefix == 0 ? 0 : prefix >= 64 ? high : high & (-1L << (64 - prefix));
      long maskedLow = prefix <= 64 ? 0 : low & (-1L << (128 - prefix));
      int value = tables[i].get(version, maskedHigh, maskedLow);
      if (value != AddressTable.ABSENT) {
        return value;
      }
    }
    return AddressTable.ABSENT;
  }
}
