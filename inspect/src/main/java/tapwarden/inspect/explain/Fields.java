package tapwarden.inspect.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.IpAddress;
import tapwarden.inspect.wire.MacAddressText;

/**
 * Collects the fields of one layer, or the parts of one field, in the order of the wire. At most
 * {@link #MAX_FIELDS} are kept; the rest are counted and said.
 */
final class Fields {
  /** Most fields of one list that are shown. */
  static final int MAX_FIELDS = 96;

  private record Entry(String name, String value, String meaning, @Nullable Fields parts) {}

  private final List<Entry> entries = new ArrayList<>();
  private final MacVendor vendors;
  private int omitted;

  Fields(MacVendor vendors) {
    this.vendors = vendors;
  }

  Fields add(String name, String value) {
    return add(name, value, "");
  }

  Fields add(String name, String value, String meaning) {
    put(new Entry(name, value, meaning, null));
    return this;
  }

  /** Adds a field that has parts, which the caller then adds to the list that is returned. */
  Fields group(String name, String value, String meaning) {
    Fields parts = new Fields(vendors);
    put(new Entry(name, value, meaning, parts));
    return parts;
  }

  private void put(Entry entry) {
    if (entries.size() < MAX_FIELDS) {
      entries.add(entry);
    } else {
      omitted++;
    }
  }

  Fields number(String name, long value) {
    return add(name, Long.toString(value));
  }

  Fields number(String name, long value, String meaning) {
    return add(name, Long.toString(value), meaning);
  }

  /** A number whose unit follows the digits. */
  Fields count(String name, long value, String unit) {
    return add(name, value + " " + unit);
  }

  /** A number in hexadecimal with leading zeros. */
  Fields hex(String name, long value, int digits, String meaning) {
    return add(name, hexText(value, digits), meaning);
  }

  Fields hex(String name, long value, int digits) {
    return hex(name, value, digits, "");
  }

  static String hexText(long value, int digits) {
    return ("0x%0" + digits + "x").formatted(value);
  }

  /** A bit; what it means is said only when it is set. */
  Fields flag(String name, boolean set, String meaning) {
    return add(name, set ? "set" : "not set", set ? meaning : "");
  }

  /** A hardware address with its kind and the organisation that it was assigned to. */
  Fields mac(String name, long mac) {
    return add(name, MacAddressText.format(mac), AddressMeaning.ofMac(mac, vendors));
  }

  /** An IP address with the block that it lies in. */
  Fields ip(String name, int version, long high, long low) {
    return add(
        name,
        new IpAddress(version, high, low).toString(),
        AddressMeaning.ofIp(version, high, low));
  }

  Fields ipv4(String name, long address) {
    return ip(name, 4, 0, address);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<ExplainedField> build() {
    List<ExplainedField> fields = new ArrayList<>(entries.size() + 1);
    for (Entry entry : entries) {
      Fields parts = entry.parts();
      fields.add(
          new ExplainedField(
              entry.name(),
              entry.value(),
              entry.meaning(),
              parts == null ? List.of() : parts.build()));
    }
    if (omitted > 0) {
      fields.add(new ExplainedField("Not shown", omitted + " more", "", List.of()));
    }
    return fields;
  }
}
