package tapwarden.inspect.pipeline;

import tapwarden.inspect.equipment.IdentityFact;

/**
 * A fact about identity, for every worker at the same place in the stream.
 *
 * @param beforeNumber number of the packet that proved it
 * @param ordinal place among the facts of that packet
 */
record Learnt(IdentityFact fact, long beforeNumber, int ordinal) {}
