package tapwarden.inspect.protocol.socks;

/**
 * Where a proxy takes datagrams.
 *
 * @param port its port
 */
record SocksRelay(int port) {}
