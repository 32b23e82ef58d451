package tapwarden.inspect.equipment;

import tapwarden.inspect.equipment.claim.Guess;

/**
 * What a device's own words say that it is. Evidence only: it never takes the place of what is
 * declared.
 *
 * @param trait the words' {@link Trait#word}
 * @param packet the packet that said them first
 * @param contradictsDeclared whether it cannot be true together with the declaration
 */
public record Claim(Guess guess, String trait, PacketPlace packet, boolean contradictsDeclared) {}
