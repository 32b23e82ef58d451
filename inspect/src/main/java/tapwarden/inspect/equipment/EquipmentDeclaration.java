package tapwarden.inspect.equipment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Cidr;

/**
 * One entry of {@code equipment:} in the configuration. A packet's side belongs to it when any of
 * the matches holds.
 *
 * @param id unique, as the operator calls it
 * @param networks {@code ip} and {@code cidr} matches
 * @param macs hardware addresses, 48 bits each
 * @param vendors vendor groups whose OUIs match
 * @param vlans VLAN ids
 * @param interfaces interface names
 * @param policy name of the policy, or null
 * @param where file:line:column of the declaration, for messages
 */
public record EquipmentDeclaration(
    String id,
    List<Cidr> networks,
    List<Long> macs,
    List<String> vendors,
    List<Integer> vlans,
    List<String> interfaces,
    @Nullable String vendor,
    @Nullable String role,
    @Nullable String policy,
    String where) {}
