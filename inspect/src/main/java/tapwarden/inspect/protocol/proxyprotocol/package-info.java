/**
 * HAProxy's PROXY protocol, versions 1 and 2 (proxy-protocol.txt): a header by which whoever passes
 * a connection on says where it came from and where it went. What the client itself speaks follows,
 * and is looked for behind it.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.inspect.protocol.proxyprotocol;
