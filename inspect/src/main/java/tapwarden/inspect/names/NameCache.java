package tapwarden.inspect.names;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;

/**
 * Under which name a client looked an address up. One worker's; not thread-safe.
 *
 * <p>An entry belongs to one client: what another host looked up says nothing about this one. The
 * latest name wins. A name holds for {@link #LIFETIME_NANOS} after it was last learnt, however
 * short its TTL: equipment keeps connections and caches far longer than TTLs say, and the question
 * here is not whether the name is still valid but whether the address was ever asked for by name.
 *
 * <p>Bounded: beyond {@link #capacity} entries the one that was learnt first is given up (counted).
 * Keys are 64-bit fingerprints under a secret, so packets cannot aim at one slot, and two entries
 * are confused with a chance of 2^-64 a pair.
 */
public final class NameCache {
  /** How long a name is known after it was last learnt: one day of packet time. */
  public static final long LIFETIME_NANOS = TimeUnit.DAYS.toNanos(1);

  /** Entries of one worker by default; an entry and its share of a name are about 100 bytes. */
  public static final int DEFAULT_CAPACITY = 1 << 18;

  private static final int FIRST_SIZE = 1 << 10;

  private final int capacity;
  private final long secret;
  private final CounterBlock counters;
  private final NameStore names;

  /**
   * Longs of an entry, in one cache line: fingerprint, when learnt in nanoseconds, name id,
   * teacher.
   */
  private static final int ENTRY = 4;

  private static final int LEARNT_NANOS = 1;
  private static final int NAME_ID = 2;
  private static final int TEACHER = 3;

  private long[] entries;

  /** Entries that fit into {@link #entries}. */
  private int room;

  private long nowNanos;
  private int oldest;
  private int size;

  /** Open addressing: entry number + 1, or 0. Twice as large as the entries at least. */
  private int[] index;

  /**
   * @param capacity most entries
   * @param secret key of the hashes; nothing observable depends on it
   */
  public NameCache(int capacity, long secret, CounterBlock counters) {
    this.capacity = capacity;
    this.secret = secret;
    this.counters = counters;
    int first = Math.min(capacity, FIRST_SIZE);
    names = new NameStore(Long.rotateLeft(secret, 17));
    room = first;
    entries = new long[ENTRY * first];
    index = new int[Integer.highestOneBit(first) << 2];
  }

  public int capacity() {
    return capacity;
  }

  /**
   * Moves packet time.
   *
   * @param tickNanos by the clock; a stamp of a packet may be wild
   */
  public void advance(long tickNanos) {
    nowNanos = tickNanos;
  }

  /** Entries at present. */
  public int size() {
    return size;
  }

  /**
   * Notes that the client was told that the names stand for the address. Allocates nothing if these
   * names are known already, for whatever address.
   *
   * @param path at least one name
   * @param teacher the hardware address that sent the answer, or -1
   */
  public void learn(
      int clientVersion,
      long clientHigh,
      long clientLow,
      int version,
      long high,
      long low,
      NamePath path,
      long teacher) {
    long print = print(clientVersion, clientHigh, clientLow, version, high, low);
    int entry = find(print);
    if (entry >= 0) {
      KnownName known = names.name(nameId(entry));
      if (known == null || !path.isSame(known)) {
        int id = names.acquire(path);
        names.release(nameId(entry));
        entries[ENTRY * entry + NAME_ID] = id;
      }
      entries[ENTRY * entry + LEARNT_NANOS] = nowNanos;
      entries[ENTRY * entry + TEACHER] = teacher;
      return;
    }
    int id = names.acquire(path);
    if (size == capacity) {
      counters.increment(Counter.NAMES_EVICTED);
      dropOldest();
    } else if (size == room) {
      grow();
    }
    entry = (oldest + size) % room;
    entries[ENTRY * entry] = print;
    entries[ENTRY * entry + LEARNT_NANOS] = nowNanos;
    entries[ENTRY * entry + NAME_ID] = id;
    entries[ENTRY * entry + TEACHER] = teacher;
    size++;
    put(print, entry);
  }

  private long print(int entry) {
    return entries[ENTRY * entry];
  }

  private int nameId(int entry) {
    return (int) entries[ENTRY * entry + NAME_ID];
  }

  /** The name that the client asked for to get the address, or null. */
  public @Nullable String nameOf(
      int clientVersion, long clientHigh, long clientLow, int version, long high, long low) {
    KnownName known = knownAs(clientVersion, clientHigh, clientLow, version, high, low);
    return known == null ? null : known.name();
  }

  /** All names under which the client knows the address, or null. */
  public @Nullable KnownName knownAs(
      int clientVersion, long clientHigh, long clientLow, int version, long high, long low) {
    if (size == 0) {
      return null;
    }
    int entry = find(print(clientVersion, clientHigh, clientLow, version, high, low));
    if (entry < 0 || nowNanos - entries[ENTRY * entry + LEARNT_NANOS] > LIFETIME_NANOS) {
      return null;
    }
    return names.name(nameId(entry));
  }

  /** The hardware address that sent the latest answer with the address, or -1. */
  public long teacherOf(
      int clientVersion, long clientHigh, long clientLow, int version, long high, long low) {
    int entry = find(print(clientVersion, clientHigh, clientLow, version, high, low));
    return entry < 0 ? -1 : entries[ENTRY * entry + TEACHER];
  }

  private int find(long print) {
    int mask = index.length - 1;
    int at = (int) (print >>> 7) & mask;
    while (index[at] != 0) {
      int entry = index[at] - 1;
      if (print(entry) == print) {
        return entry;
      }
      at = at + 1 & mask;
    }
    return -1;
  }

  private void put(long print, int entry) {
    int mask = index.length - 1;
    int at = (int) (print >>> 7) & mask;
    while (index[at] != 0) {
      at = at + 1 & mask;
    }
    index[at] = entry + 1;
  }

  private void dropOldest() {
    int entry = oldest;
    names.release(nameId(entry));
    removeFromIndex(print(entry), entry);
    oldest = (oldest + 1) % room;
    size--;
  }

  /** Deletion by shifting back, so that no tombstones gather. */
  private void removeFromIndex(long print, int entry) {
    int mask = index.length - 1;
    int hole = (int) (print >>> 7) & mask;
    while (index[hole] != entry + 1) {
      hole = hole + 1 & mask;
    }
    index[hole] = 0;
    int at = hole + 1 & mask;
    while (index[at] != 0) {
      int home = (int) (print(index[at] - 1) >>> 7) & mask;
      if ((at - home & mask) >= (at - hole & mask)) {
        index[hole] = index[at];
        index[at] = 0;
        hole = at;
      }
      at = at + 1 & mask;
    }
  }

  /** Called only while nothing was evicted, so entries lie from 0 on. */
  private void grow() {
    room = (int) Math.min(capacity, 2L * room);
    entries = Arrays.copyOf(entries, ENTRY * room);
    index = new int[Integer.highestOneBit(room) << 2];
    for (int entry = 0; entry < size; entry++) {
      put(print(entry), entry);
    }
  }

  private long print(
      int clientVersion, long clientHigh, long clientLow, int version, long high, long low) {
    long state = NameStore.mix(secret, clientHigh, clientVersion);
    state = NameStore.mix(state, clientLow, version);
    state = NameStore.mix(state, high, 3);
    return NameStore.mix(state, low, 5);
  }

  /** The distinct names with their aliases, each once, with a count of the entries that use it. */
  private static final class NameStore {
    private final long secret;
    private @Nullable KnownName[] texts = new @Nullable KnownName[256];
    private long[] hashes = new long[256];
    private int[] uses = new int[256];
    private int[] free = new int[256];
    private int freeCount;
    private int used;
    private int[] index = new int[1024];

    NameStore(long secret) {
      this.secret = secret | 1;
    }

    int acquire(NamePath path) {
      long hash = mix(secret, path.hash(secret), 1);
      int mask = index.length - 1;
      int at = (int) hash & mask;
      while (index[at] != 0) {
        int id = index[at] - 1;
        KnownName known = texts[id];
        if (hashes[id] == hash && known != null && path.isSame(known)) {
          uses[id]++;
          return id;
        }
        at = at + 1 & mask;
      }
      return add(hash, path.toKnownName());
    }

    private int add(long hash, KnownName text) {
      int id;
      if (freeCount > 0) {
        id = free[--freeCount];
      } else {
        if (used == texts.length) {
          grow();
        }
        id = used++;
      }
      texts[id] = text;
      hashes[id] = hash;
      uses[id] = 1;
      put(id);
      return id;
    }

    private void put(int id) {
      int mask = index.length - 1;
      int at = (int) hashes[id] & mask;
      while (index[at] != 0) {
        at = at + 1 & mask;
      }
      index[at] = id + 1;
    }

    void release(int id) {
      if (--uses[id] > 0) {
        return;
      }
      int mask = index.length - 1;
      int hole = (int) hashes[id] & mask;
      while (index[hole] != id + 1) {
        hole = hole + 1 & mask;
      }
      index[hole] = 0;
      int at = hole + 1 & mask;
      while (index[at] != 0) {
        int home = (int) hashes[index[at] - 1] & mask;
        if ((at - home & mask) >= (at - hole & mask)) {
          index[hole] = index[at];
          index[at] = 0;
          hole = at;
        }
        at = at + 1 & mask;
      }
      texts[id] = null;
      free[freeCount++] = id;
    }

    @Nullable KnownName name(int id) {
      return texts[id];
    }

    private void grow() {
      int larger = 2 * texts.length;
      texts = Arrays.copyOf(texts, larger);
      hashes = Arrays.copyOf(hashes, larger);
      uses = Arrays.copyOf(uses, larger);
      free = Arrays.copyOf(free, larger);
      index = new int[4 * larger];
      for (int id = 0; id < used; id++) {
        if (texts[id] != null) {
          put(id);
        }
      }
    }

    static long mix(long state, long word, long salt) {
      long x = (state ^ word) * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
      x ^= Math.multiplyHigh(x, state | 1);
      return Long.rotateLeft(x, 31) * 0xBF58476D1CE4E5B9L;
    }
  }
}
