package tapwarden.inspect.equipment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Groups of organisations, by their exact names in the registry of hardware addresses (never by a
 * part of the name: {@code zte} would also catch ZTEC Instruments). Equipment whose hardware
 * address belongs to any group is recognised without being declared.
 *
 * <p>Ready-made: one group each for Huawei, ZTE, Hikvision, Dahua and Hytera with the subsidiaries
 * that register addresses under names of their own, and {@link #EXCLUDED_VENDORS}, all of them.
 * Companies that were sold to others (Honor, xFusion, Lorex, Sepura, Teltronic) are not in it. An
 * organisation has at most one group of its own; further groups may hold it as well.
 */
public final class VendorGroups {
  /** Id of the ready-made group that has all ready-made vendors. */
  public static final String EXCLUDED_VENDORS = "excluded-vendors";

  /** Most groups, ready-made ones included: a set of groups is one long. */
  public static final int MOST_GROUPS = 64;

  private static final Map<String, List<String>> READY_MADE = readyMade();
  private static final Map<String, String> DISPLAY_NAMES =
      Map.of(
          "huawei", "Huawei",
          "zte", "ZTE",
          "hikvision", "Hikvision",
          "dahua", "Dahua",
          "hytera", "Hytera");

  private final OuiTable ouis;
  private final List<String> ids = new ArrayList<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private final Map<Integer, Long> setByOrganisation = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private VendorGroups(OuiTable ouis) {
    this.ouis = ouis;
  }

  /** The ready-made groups over the table that comes with the product. */
  public static VendorGroups standard() {
    return of(OuiTable.standard(), Map.of(), "");
  }

  /**
   * The ready-made groups and {@code further} ones (id → exact organisation names).
   *
   * @param where place of the further groups' declaration, for {@link #problems()}
   */
  public static VendorGroups of(OuiTable ouis, Map<String, List<String>> further, String where) {
    VendorGroups groups = new VendorGroups(ouis);
    Map<String, List<String>> all = new LinkedHashMap<>(READY_MADE);
    all.put(EXCLUDED_VENDORS, READY_MADE.values().stream().flatMap(List::stream).sorted().toList());
    for (Map.Entry<String, List<String>> group : new TreeMap<>(further).entrySet()) {
      String id = group.getKey().toLowerCase(Locale.ROOT);
      if (all.putIfAbsent(id, group.getValue()) != null) {
        groups.problem(where, "vendor group " + id + " exists already", "choose another name");
      }
    }
    if (all.size() > MOST_GROUPS) {
      groups.problem(
          where, all.size() + " vendor groups", "define at most " + MOST_GROUPS + " in all");
    }
    all.keySet().stream().limit(MOST_GROUPS).forEach(groups::add);
    groups.resolve(all, where);
    return groups;
  }

  private void add(String id) {
    indexes.put(id, ids.size());
    ids.add(id);
  }

  private void resolve(Map<String, List<String>> all, String where) {
    Map<String, Integer> organisations =
        ouis.indexesOf(all.values().stream().flatMap(List::stream).toList());
    for (Map.Entry<String, List<String>> group : all.entrySet()) {
      Integer index = indexes.get(group.getKey());
      for (String name : group.getValue()) {
        Integer organisation = organisations.get(name);
        if (organisation == null) {
          problem(
              where,
              "vendor group " + group.getKey() + ": no organisation is registered as " + name,
              "write the name exactly as the registry has it; tapwarden equipment shows it");
        } else if (index != null) {
          setByOrganisation.merge(organisation, 1L << index, (a, b) -> a | b);
        }
      }
    }
  }

  private void problem(String where, String message, String remedy) {
    problems.add(new Problem(where, message, remedy));
  }

  /** What is wrong with the groups; the ready-made ones are never. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  public OuiTable ouis() {
    return ouis;
  }

  /** All ids; a group's place is its number. */
  public List<String> ids() {
    return List.copyOf(ids);
  }

  /** Number of the group of that name, whatever its case, or -1. */
  public int indexOf(String id) {
    return indexes.getOrDefault(id.toLowerCase(Locale.ROOT), -1);
  }

  /** The groups of a hardware address, one bit each by group number; 0 if none. */
  public long groupsOf(long mac) {
    int organisation = ouis.organisationIndex(mac);
    return organisation < 0 ? 0 : setByOrganisation.getOrDefault(organisation, 0L);
  }

  /**
   * The group that names the vendor best: the lowest number, a ready-made vendor if there is one.
   */
  public @Nullable String bestGroup(long groups) {
    return groups == 0 ? null : ids.get(Long.numberOfTrailingZeros(groups));
  }

  /** Ids of all groups in the set. */
  public List<String> idsOf(long groups) {
    List<String> names = new ArrayList<>();
    for (long rest = groups; rest != 0; rest &= rest - 1) {
      names.add(ids.get(Long.numberOfTrailingZeros(rest)));
    }
    return names;
  }

  /** Whether the set has {@link #EXCLUDED_VENDORS}. */
  public boolean isExcluded(long groups) {
    return (groups >>> indexOf(EXCLUDED_VENDORS) & 1) != 0;
  }

  /** Whether the group is one of the vendors in {@link #EXCLUDED_VENDORS}, or that group itself. */
  public boolean isExcluded(@Nullable String group) {
    return group != null && (READY_MADE.containsKey(group) || group.equals(EXCLUDED_VENDORS));
  }

  /** How people write the group's name: {@code Huawei} for {@code huawei}. */
  public static String displayName(String group) {
    return DISPLAY_NAMES.getOrDefault(group, group);
  }

  private static Map<String, List<String>> readyMade() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put(
        "huawei",
        List.of(
            "HUAWEI TECHNOLOGIES CO.,LTD",
            "Huawei Technologies Co., Ltd.",
            "Huawei Device Co., Ltd.",
            "Huawei Symantec Technologies Co.,Ltd.",
            "Hisilicon Technologies Co., Ltd"));
    groups.put(
        "zte",
        List.of(
            "zte corporation",
            "ZHONGXING TELECOM LTD.",
            "SHANGHAI ZTE TECHNOLOGIES CO.,LTD",
            "Nubia Technology Co.,Ltd.",
            "CALTTA TECHNOLOGIES CO.,LTD."));
    groups.put(
        "hikvision",
        List.of(
            "Hangzhou Hikvision Digital Technology Co.,Ltd.",
            "Prama Hikvision India Private Limited",
            "Hangzhou Ezviz Software Co.,Ltd.",
            "Hangzhou Hikrobot Technology Co., Ltd.",
            "Hangzhou Microimage Software Co., Ltd"));
    groups.put(
        "dahua",
        List.of(
            "Zhejiang Dahua Technology Co., Ltd.",
            "ZHEJIANG DAHUA TECHNOLOGYCO.,LTD",
            "ZHEJIANG DAHUA ZHILIAN CO.,LTD",
            "Zhejiang HuaRay Technology Co.,Ltd",
            "Hangzhou Huacheng Network Technology Co.,Ltd",
            "hangzhou huacheng network technology co., ltd"));
    groups.put(
        "hytera",
        List.of("Hytera Communications Co .,ltd", "Hytera Communications Corporation Limited"));
    return groups;
  }
}
