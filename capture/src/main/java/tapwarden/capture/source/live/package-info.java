/** A live interface through pcap4j and libpcap; the only place that knows either. */
@org.jspecify.annotations.NullMarked
package tapwarden.capture.source.live;
