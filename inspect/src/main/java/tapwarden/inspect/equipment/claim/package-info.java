/**
 * What follows from a device's own words: guesses at its vendor, model, firmware, programs and role
 * by a table of known texts ({@code claims.txt}), and whether a guess contradicts what is declared
 * ({@code families.txt}). Pure functions of text; what a device says may be a lie, so a guess is
 * evidence and decides nothing.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.equipment.claim;
