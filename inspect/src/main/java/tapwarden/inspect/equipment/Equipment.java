package tapwarden.inspect.equipment;

import org.jspecify.annotations.Nullable;

/**
 * A piece of equipment: declared in the configuration or recognised by its hardware address.
 *
 * @param index place in the directory for declared equipment (the order of declaration); recognised
 *     equipment is numbered on from there in the order of first sight
 * @param id the operator's name for it; for recognised equipment {@code <vendor group>-<MAC as 12
 *     hex digits>}, such as {@code huawei-00259e0a0b0c}, the same in every capture
 * @param vendor as declared, or the vendor group's display name
 * @param vendorGroup id of the vendor group it belongs to, by its hardware address or by its
 *     declared vendor; null if none
 * @param policy name of its policy, or null
 * @param excludedVendor whether the vendor is one of {@link VendorGroups#EXCLUDED_VENDORS}
 * @param declared whether the configuration names it
 */
public record Equipment(
    int index,
    String id,
    @Nullable String vendor,
    @Nullable String vendorGroup,
    @Nullable String role,
    @Nullable String policy,
    boolean excludedVendor,
    boolean declared) {}
