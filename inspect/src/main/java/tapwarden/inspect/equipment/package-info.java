/**
 * Equipment: who a packet belongs to, by declaration or by proven hardware address; vendors, roles,
 * policies.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.equipment;
