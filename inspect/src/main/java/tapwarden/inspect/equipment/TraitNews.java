package tapwarden.inspect.equipment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device has said something for the first time.
 *
 * @param id of the device: the equipment's id, else its address, else its hardware address
 * @param trait the word for what was said
 * @param previous what the device said last in this place; null if nothing
 * @param claims what the words say that the device is
 * @param contradictions those of the claims that the declaration contradicts and that this device
 *     has not made before
 */
public record TraitNews(
    TraitSeen seen,
    String id,
    Trait trait,
    @Nullable String previous,
    List<Claim> claims,
    List<Claim> contradictions) {}
