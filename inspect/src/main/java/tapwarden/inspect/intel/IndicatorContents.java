package tapwarden.inspect.intel;

import java.nio.file.Path;
import java.util.List;

/**
 * What an {@link IndicatorSet} holds, apart from the entries.
 *
 * @param read entries read; ids are below it
 * @param entries entries that are looked up: those read without the duplicates
 * @param firstIds first id of each list
 * @param prefixesV4 prefix lengths of the IPv4 networks, longest first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IndicatorContents(
    int read,
    int entries,
    List<Path> lists,
    int[] firstIds,
    int[] prefixesV4,
    int[] prefixesV6,
    boolean withPorts,
    boolean withNames,
    boolean withInternationalNames) {}
