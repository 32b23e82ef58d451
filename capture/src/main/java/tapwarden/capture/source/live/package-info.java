/**
 * A live interface through pcap4j and libpcap, and libpcap's filter expressions; the only place
 * that knows either. Nothing native is loaded before the first call that needs it.
 */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.source.live;
