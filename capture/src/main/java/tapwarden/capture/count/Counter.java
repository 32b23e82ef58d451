package tapwarden.capture.count;

import java.util.Locale;

/**
 * Every counter of the product. Metrics, {@code coverage.json}, the documentation and tests are all
 * derived from this list; there is no other way to count. Each frame ends in exactly one of the
 * counters of group {@link Group#ACCOUNT}:
 *
 * <pre>
 *   wire      = delivered + kernel drop + interface drop + filtered + shed + damaged
 *   delivered = inspected + quarantined
 * </pre>
 */
public enum Counter {
  FRAMES_DELIVERED(Group.ACCOUNT, "frames", "Frames handed to the inspection workers."),
  FRAMES_INSPECTED(Group.ACCOUNT, "frames", "Frames that went through inspection to the end."),
  FRAMES_QUARANTINED(
      Group.ACCOUNT, "frames", "Frames whose inspection failed; each was saved for analysis."),
  FRAMES_DAMAGED(
      Group.ACCOUNT, "frames", "Records with a readable header whose frame cannot be used."),
  FRAMES_FILTERED(Group.ACCOUNT, "frames", "Frames that the BPF expression rejected."),
  FRAMES_KERNEL_DROPPED(
      Group.ACCOUNT, "frames", "Frames lost because the kernel's capture buffer was full."),
  FRAMES_INTERFACE_DROPPED(Group.ACCOUNT, "frames", "Frames lost by the interface or its driver."),
  FRAMES_SHED_RING(
      Group.ACCOUNT, "frames", "Frames given up because every batch of the ring was in use."),
  LINK_OUTAGES(
      Group.MIRROR,
      "outages",
      "Times an interface that is listened to was switched off, lost its carrier or was removed."),
  NOTICES_FAILED(Group.DETECT, "events", "Messages in the stream that a worker failed to handle."),
  FRAMES_NOT_SHARED(
      Group.DETECT,
      "frames",
      "Frames that the first worker got, and nothing was learnt from, because sharing them failed."),
  CONTACT_MEMORY_FULL(
      Group.DETECT,
      "contacts",
      "Contacts not judged as first because the memory of contacts was full."),
  CONTACTS_NOT_FOLLOWED(
      Group.DETECT, "contacts", "Contacts judged once only because too many were being followed."),
  OUTPUT_RING_FULL(
      Group.ALERT, "waits", "Times a worker waited because the alert desk had not kept up."),
  NAMES_EVICTED(
      Group.NAMES, "names", "Names of addresses forgotten early because the cache was full."),
  NAMES_NOT_ASKED_FOR(
      Group.NAMES,
      "addresses",
      "Addresses in DNS answers not learnt because their owner is neither the question nor an alias"
          + " of it, answers from outside to clients that were not seen to ask, and answers to none"
          + " of the queries of a client whose queries are seen."),
  NAMES_FORGED(
      Group.NAMES,
      "messages",
      "DNS answers not learnt from because the hardware address that sent them had sent the query,"
          + " and names not believed because it sends the contact."),
  NAMES_QUERIES_FORGOTTEN(
      Group.NAMES,
      "messages",
      "DNS queries forgotten for newer ones; an answer to one counts as not asked for."),
  NAMES_CLIENTS_FULL(
      Group.NAMES,
      "messages",
      "DNS queries of clients for which there was no room; from then on every client counts as one"
          + " whose queries are seen."),
  LOOKUPS_FORGOTTEN(
      Group.NAMES,
      "look-ups",
      "Listed look-ups forgotten for newer ones; what still came of one counted as another."),
  NAMES_NOT_CONVERTED(
      Group.NAMES,
      "names",
      "Names in UTF-8 not looked up in the form that lists have: the packet had too many."),
  NAMES_HINTS_CUT(Group.NAMES, "messages", "DNS answers with more address hints than are read."),
  NAMES_CHAIN_CUT(
      Group.NAMES, "messages", "DNS answers with more aliases in a row than are followed."),
  FRAMES_BAD_CHECKSUM(
      Group.MIRROR,
      "frames",
      "Frames with a wrong IPv4, TCP or UDP checksum among the one in 16 that is verified."),
  BYTES_DELIVERED(Group.VOLUME, "bytes", "Captured bytes handed to the inspection workers."),
  FRAMES_TRUNCATED(
      Group.MIRROR, "frames", "Frames of which fewer bytes were captured than were on the wire."),
  ONE_SIDED_FLOWS(
      Group.MIRROR, "flows", "Ended TCP flows of which the mirror showed one direction only."),
  DUPLICATE_FRAMES(Group.MIRROR, "frames", "Frames that the mirror delivered a second time."),
  REORDERED_FRAMES(
      Group.MIRROR, "frames", "TCP segments delivered in another order than they were sent."),
  FLOWS_BEGUN(Group.FLOW, "flows", "Flows that began."),
  FLOWS_ENDED(Group.FLOW, "flows", "Flows that ended, for whatever reason."),
  FLOWS_EVICTED(Group.FLOW, "flows", "Flows given up early because the flow table was full."),
  FRAGMENTS(Group.FRAGMENT, "fragments", "IP fragments that were kept to be put together."),
  FRAGMENTS_REFUSED(
      Group.FRAGMENT,
      "fragments",
      "IP fragments of no use: without data, with a length or place that IP does not allow, or over"
          + " a limit; and datagrams that are too long once they are whole."),
  FRAGMENTS_CUT(
      Group.FRAGMENT, "fragments", "IP fragments of which the capture has only the beginning."),
  FRAGMENTS_OVERLAP(
      Group.FRAGMENT, "fragments", "IP fragments that lie over others of their datagram."),
  FRAGMENTS_LATE(
      Group.FRAGMENT,
      "fragments",
      "IP fragments that say something else of a datagram that was whole already; it is searched"
          + " again."),
  DATAGRAMS_REASSEMBLED(
      Group.FRAGMENT, "datagrams", "Datagrams that were put together of fragments."),
  DATAGRAMS_DIFFER(
      Group.FRAGMENT,
      "datagrams",
      "Datagrams whose fragments contradict each other: receivers read them differently."),
  DATAGRAMS_EXPIRED(
      Group.FRAGMENT,
      "datagrams",
      "Datagrams given up because a fragment did not come within the timeout."),
  DATAGRAMS_EVICTED(
      Group.FRAGMENT,
      "datagrams",
      "Datagrams given up early because there were too many, or too much of them was kept."),
  STREAMS_FOLLOWED(Group.STREAM, "streams", "TCP connections whose segments were put in order."),
  STREAMS_NOT_FOLLOWED(
      Group.STREAM,
      "streams",
      "TCP connections not looked into because too many were being followed."),
  STREAMS_GIVEN_UP(
      Group.STREAM, "streams", "TCP connections not read on because others needed their place."),
  STREAMS_DEEP(
      Group.STREAM, "directions", "Directions of connections not read on at the depth limit."),
  STREAM_BYTES_MISSING(
      Group.STREAM, "bytes", "Bytes of followed connections that the mirror did not show."),
  STREAM_HELD_FULL(
      Group.STREAM,
      "segments",
      "Segments for which waiting for missing bytes was given up because too much was waiting."),
  STREAM_OUT_OF_WINDOW(
      Group.STREAM, "segments", "Segments not used because they were far from what was expected."),
  STREAM_OVERLAPS_DIFFER(
      Group.STREAM, "segments", "Segments that said something else than others had said before."),
  STREAM_SYN_DIFFERS(
      Group.STREAM, "segments", "SYNs that came again with another sequence number."),
  STREAM_URGENT_SEGMENTS(
      Group.STREAM, "segments", "Segments with urgent data, which receivers read differently."),
  STREAM_BAD_CHECKSUMS(
      Group.STREAM,
      "segments",
      "Segments not used because their checksum is wrong, where others of the same sender's are"
          + " right, or the configuration says so."),
  STREAM_BAD_CHECKSUMS_USED(
      Group.STREAM,
      "segments",
      "Segments used although their checksum is wrong: all of the sender's are, or the"
          + " configuration says so."),
  STREAM_HELD_EVICTED(
      Group.STREAM,
      "directions",
      "Directions whose waiting segments were forgotten because others needed the memory."),
  STREAM_RECENT_EVICTED(
      Group.STREAM,
      "directions",
      "Directions whose last bytes were forgotten because others needed the memory:"
          + " retransmissions were no longer compared with them."),
  STREAM_READINGS(
      Group.STREAM, "readings", "Other readings of ambiguous connections that were searched."),
  STREAM_READINGS_REFUSED(
      Group.STREAM,
      "segments",
      "Ambiguous segments, or readings of them, that were not searched: too deep in the"
          + " connection, or too many."),
  PROTOCOLS_CONFIRMED(Group.PROTOCOL, "flows", "Flows whose protocol was told by what they say."),
  PROTOCOLS_UNKNOWN(
      Group.PROTOCOL, "connections", "TCP connections in whose first bytes no protocol was found."),
  PROTOCOLS_VIOLATED(
      Group.PROTOCOL,
      "flows",
      "Flows not read on because what follows is not the protocol that it began as."),
  PROTOCOL_ODDITIES(
      Group.PROTOCOL, "oddities", "What was unusual in a protocol, or wrong but tolerated."),
  PROTOCOL_EVENTS_LEFT_OUT(
      Group.PROTOCOL, "events", "Events not written because one flow's end made too many."),
  DATAGRAM_FLOWS_NOT_FOLLOWED(
      Group.PROTOCOL,
      "datagrams",
      "Datagrams read each by itself because too many flows were being followed."),
  DNS_MESSAGES(Group.NAMES, "messages", "DNS, multicast DNS and LLMNR messages read."),
  DNS_REFUSED(Group.NAMES, "messages", "Payloads on DNS ports that are no DNS message."),
  DNS_INCOMPLETE(
      Group.NAMES, "messages", "DNS messages of which a part was broken, cut off or over a limit."),
  FINDINGS(Group.ALERT, "findings", "Findings that detectors reported."),
  FINDINGS_SUPPRESSED(
      Group.ALERT, "findings", "Findings that an entry of the suppress list silenced."),
  FINDINGS_CROWDED(
      Group.ALERT,
      "findings",
      "Findings about further endpoints of equipment that has too many alerts already, folded."),
  INCIDENTS(Group.ALERT, "alerts", "Incidents opened: alerts with an id of their own."),
  INCIDENTS_EVICTED(
      Group.ALERT,
      "alerts",
      "Incidents closed early because the table was full; a repeat opens a new one."),
  ALERT_LINES(Group.ALERT, "events", "Alert revisions handed to the outputs."),
  EVENTS_WRITTEN(Group.OUTPUT, "events", "Lines written to the event log."),
  EVENTS_DROPPED(Group.OUTPUT, "events", "Lines lost because the event log could not be written."),
  EVENTS_OVERSIZED(Group.OUTPUT, "events", "Events left out because they passed the line limit."),
  LOG_ERRORS(Group.OUTPUT, "errors", "Failed operations on the event log."),
  LOG_ROTATIONS(Group.OUTPUT, "files", "Event logs put aside for a new one."),
  EVIDENCE_FILES(Group.OUTPUT, "files", "Evidence files completed."),
  EVIDENCE_FRAMES(Group.OUTPUT, "frames", "Frames written to evidence files."),
  EVIDENCE_FRAMES_LEFT_OUT(
      Group.OUTPUT, "frames", "Frames left out of evidence files that had reached their limit."),
  EVIDENCE_ENDED_EARLY(
      Group.OUTPUT, "files", "Evidence files completed early because too many were open."),
  EVIDENCE_FAILED(
      Group.OUTPUT, "files", "Alerts without (whole) evidence because the disk failed."),
  EVIDENCE_HISTORY_REFUSED(
      Group.OUTPUT,
      "frames",
      "Frames not remembered or held for evidence because the memory for it was used up."),
  RETENTION_DELETED(Group.OUTPUT, "files", "Old logs and evidence deleted to keep the limits."),
  RETENTION_ERRORS(Group.OUTPUT, "errors", "Old files that could not be examined or deleted."),
  FRAMES_IN_TRANSIT(
      Group.EQUIPMENT,
      "frames",
      "Frames whose hardware sender does not own the source address; not attributed to it."),
  FORWARDERS_FOUND(
      Group.EQUIPMENT,
      "devices",
      "Devices that carry more local addresses than a device of its own has."),
  MACS_NOT_LEARNT(
      Group.EQUIPMENT, "frames", "Frames of a new hardware address that found the table full."),
  ADDRESSES_NOT_LEARNT(
      Group.EQUIPMENT, "claims", "Claims to an address that found the table full."),
  ADDRESS_CLAIMS_REFUSED(
      Group.EQUIPMENT, "claims", "Claims of a device that has proven too many addresses already."),
  ADDRESSES_MOVED(
      Group.EQUIPMENT, "claims", "Claims that moved an address from one device to another."),
  TRAIT_REPEATS_FORGOTTEN(
      Group.EQUIPMENT,
      "texts",
      "Texts of devices about themselves that a worker forgot having told, to make room."),
  TRAITS_NOT_KEPT(
      Group.EQUIPMENT,
      "texts",
      "Texts of devices about themselves beyond what is kept of a device, or of all."),
  LIVE_PORT_REQUESTS(Group.LIVE_PORT, "requests", "Requests that the live port answered."),
  LIVE_PORT_REQUESTS_REFUSED(
      Group.LIVE_PORT, "requests", "Requests refused: malformed, too long, or not meant for us."),
  LIVE_PORT_CLIENTS_REFUSED(
      Group.LIVE_PORT,
      "clients",
      "Clients turned away, or given up for new ones, because too many were connected."),
  LIVE_PORT_CLIENTS_SLOW(
      Group.LIVE_PORT, "clients", "Clients dropped because they sent or read too slowly."),
  LIVE_PORT_ALERTS_MISSED(
      Group.LIVE_PORT, "alerts", "Alerts that came faster than the live port could take them."),
  ;

  /** What a counter is about; the part before the first dot of its id. */
  public enum Group {
    ACCOUNT,
    VOLUME,
    MIRROR,
    DECODE,
    MALFORMED,
    FLOW,
    FRAGMENT,
    STREAM,
    PROTOCOL,
    NAMES,
    EQUIPMENT,
    INTEL,
    DETECT,
    ALERT,
    OUTPUT,
    LIVE_PORT
  }

  private final Group group;
  private final String unit;
  private final String sentence;

  Counter(Group group, String unit, String sentence) {
    this.group = group;
    this.unit = unit;
    this.sentence = sentence;
  }

  public Group group() {
    return group;
  }

  /** {@code frames}, {@code bytes}, {@code flows}, {@code events}, ... */
  public String unit() {
    return unit;
  }

  /** One sentence that says what is counted. */
  public String sentence() {
    return sentence;
  }

  /** Stable name for files and metrics: {@code frames_shed_ring}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
