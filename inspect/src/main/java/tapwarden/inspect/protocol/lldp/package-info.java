/** Link layer discovery (IEEE 802.1AB): what devices tell their neighbours of themselves. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.lldp;
