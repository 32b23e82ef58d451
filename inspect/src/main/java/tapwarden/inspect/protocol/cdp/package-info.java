/** Cisco discovery: what Cisco's and others' devices tell their neighbours of themselves. */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.cdp;
