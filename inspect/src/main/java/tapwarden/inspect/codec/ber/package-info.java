/** BER (ITU-T X.690) of definite lengths, as SNMP and LDAP use it, read in place. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.codec.ber;
