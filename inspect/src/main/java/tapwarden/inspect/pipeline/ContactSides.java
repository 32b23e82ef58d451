package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.Quote;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.IdentifiedBy;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.equipment.Ownership;
import tapwarden.inspect.intel.IndicatorSet;

/**
 * Who the two sides of a packet are to each other: which one is local, whether it is equipment,
 * whether the other is external or listed, and under which name the one knows the other. Filled by
 * {@link #look} and read until the next; allocates nothing itself.
 */
final class ContactSides {
  private final InspectionOptions options;
  private final Networks networks;
  private final Ownership ownership;
  private final DnsInspection names;
  private Packet packet = new Packet();
  private @Nullable Equipment source;
  private @Nullable Equipment destination;
  private @Nullable Equipment equipment;
  private int identifiedBy;
  private boolean sourceLocal;
  private boolean outbound;
  private boolean external;
  private boolean ours;
  private boolean inShard;
  private boolean named;
  private boolean listed;
  private @Nullable String name;

  ContactSides(InspectionOptions options, Ownership ownership, DnsInspection names) {
    this.options = options;
    this.networks = options.networks();
    this.ownership = ownership;
    this.names = names;
  }

  /**
   * Looks at a packet, which must stay until the last answer is read.
   *
   * @param sourceIsClient whether who sent it opened the flow
   * @param carried whether it came in a tunnel that crosses the border
   */
  void look(Packet packet, boolean sourceIsClient, boolean carried) {
    this.packet = packet;
    source = ownership.resolve(packet, true);
    int sourceBy = ownership.identifiedBy();
    destination = ownership.resolve(packet, false);
    int destinationBy = ownership.identifiedBy();
    IndicatorSet set = options.indicators().get();
    boolean sourceListed = isListed(packet, true);
    boolean destinationListed = isListed(packet, false);
    boolean sourceDeclared = (sourceBy & IdentifiedBy.DECLARED_ADDRESSES) != 0;
    boolean destinationDeclared = (destinationBy & IdentifiedBy.DECLARED_ADDRESSES) != 0;
    sourceLocal =
        sourceDeclared != destinationDeclared
            ? sourceDeclared
            : sourceIsLocal(sourceListed, destinationListed, sourceIsClient);
    equipment = sourceLocal ? source : destination;
    identifiedBy = sourceLocal ? sourceBy : destinationBy;
    external = isExternal(!sourceLocal);
    listed = sourceLocal ? destinationListed : sourceListed;
    outbound = sourceLocal == sourceIsClient && !(sourceLocal && isAnswer(packet));
    // Whoever claims an external address, by ARP for example, exempts nobody who talks to it.
    boolean remoteDeclared = sourceLocal ? destinationDeclared : sourceDeclared;
    boolean localDeclared = sourceLocal ? sourceDeclared : destinationDeclared;
    ours = equipment != null && external && !remoteDeclared;
    inShard = !carried && ContactWatch.isInShard(packet);
    named = inShard && external && !remoteDeclared && followsNames(localDeclared);
    name = named && (ours || !set.isEmpty()) ? nameOf() : null;
  }

  /** Whether a list names the packet's source, or its destination. */
  boolean isListed(Packet packet, boolean ofSource) {
    IndicatorSet set = options.indicators().get();
    int match =
        ofSource
            ? set.matchAddress(
                packet.ipVersion(), packet.sourceHigh(), packet.sourceLow(), packet.sourcePort())
            : set.matchAddress(
                packet.ipVersion(),
                packet.destinationHigh(),
                packet.destinationLow(),
                packet.destinationPort());
    return match != IndicatorSet.NONE;
  }

  /** Whether there is anything to judge. */
  boolean matter() {
    return listed || ours || name != null;
  }

  /** Whether one side or the other is equipment. */
  boolean anyEquipment() {
    return source != null || destination != null;
  }

  /** Whether local equipment meets somebody external. */
  boolean ours() {
    return ours;
  }

  @Nullable Equipment equipment() {
    return equipment;
  }

  boolean withoutPolicy() {
    return equipment != null && options.policies().policyOf(equipment) == null;
  }

  /** Whether what is remembered of the two is the same for every worker count. */
  boolean inShard() {
    return inShard;
  }

  /** Whether a name of the remote side would be known if it was looked up. */
  boolean named() {
    return named;
  }

  @Nullable String name() {
    return name;
  }

  Contact.Parties parties() {
    return sourceLocal
        ? new Contact.Parties(
            packet.ipVersion(),
            packet.sourceHigh(),
            packet.sourceLow(),
            packet.sourcePort(),
            packet.destinationHigh(),
            packet.destinationLow(),
            packet.destinationPort(),
            packet.protocol(),
            outbound,
            external,
            packet.isUserPlane())
        : new Contact.Parties(
            packet.ipVersion(),
            packet.destinationHigh(),
            packet.destinationLow(),
            packet.destinationPort(),
            packet.sourceHigh(),
            packet.sourceLow(),
            packet.sourcePort(),
            packet.protocol(),
            outbound,
            external,
            packet.isUserPlane());
  }

  /** The local side. */
  Subject subject() {
    return ContactWatch.subject(
        equipment,
        identifiedBy,
        packet.ipVersion(),
        sourceLocal ? packet.sourceHigh() : packet.destinationHigh(),
        sourceLocal ? packet.sourceLow() : packet.destinationLow());
  }

  /**
   * Who is local where not just one side's address is declared equipment's: the side that is at
   * home, else the side that is not on a list, else the side that has proven to be equipment, else
   * the client. A proof is the sender's word, so it comes behind what the configuration says.
   */
  private boolean sourceIsLocal(
      boolean sourceListed, boolean destinationListed, boolean sourceIsClient) {
    boolean sourceHome = isHome(true);
    if (sourceHome != isHome(false)) {
      return sourceHome;
    }
    if (sourceListed != destinationListed) {
      return destinationListed;
    }
    return source != null != (destination != null) ? source != null : sourceIsClient;
  }

  /**
   * Whether the packet is an ICMP error about a packet of whom it is sent to: routers and closed
   * ports send them to everybody who scans or traces, which is no contact of theirs.
   */
  private static boolean isAnswer(Packet packet) {
    Quote quote = packet.quote();
    return quote.ipVersion() == packet.ipVersion()
        && quote.sourceHigh() == packet.destinationHigh()
        && quote.sourceLow() == packet.destinationLow();
  }

  /** Whether the side that opened the flow of this packet is external. */
  boolean isClientExternal(Packet packet, boolean sourceIsClient) {
    this.packet = packet;
    return isExternal(sourceIsClient);
  }

  /** Whether a side of the packet is at home, or declared by its address. */
  boolean anyHomeOrDeclared(Packet packet) {
    this.packet = packet;
    return isHome(true) || isHome(false) || isDeclared(true) || isDeclared(false);
  }

  private boolean isDeclared(boolean ofSource) {
    return options
            .directory()
            .byAddress(
                packet.ipVersion(),
                ofSource ? packet.sourceHigh() : packet.destinationHigh(),
                ofSource ? packet.sourceLow() : packet.destinationLow())
        != EquipmentDirectory.NONE;
  }

  private boolean isExternal(boolean ofSource) {
    return ofSource
        ? networks.isExternal(packet.ipVersion(), packet.sourceHigh(), packet.sourceLow())
        : networks.isExternal(
            packet.ipVersion(), packet.destinationHigh(), packet.destinationLow());
  }

  private boolean isHome(boolean ofSource) {
    return ofSource
        ? networks.isHome(packet.ipVersion(), packet.sourceHigh(), packet.sourceLow())
        : networks.isHome(packet.ipVersion(), packet.destinationHigh(), packet.destinationLow());
  }

  /**
   * Names are followed only where every worker count sees the same look-ups: for equipment declared
   * by address and for home addresses, whose DNS shares their shard.
   */
  private boolean followsNames(boolean localDeclared) {
    return localDeclared || isHome(sourceLocal);
  }

  private @Nullable String nameOf() {
    return names.nameOf(packet, sourceLocal);
  }
}
