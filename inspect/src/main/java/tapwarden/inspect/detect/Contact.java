package tapwarden.inspect.detect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.alert.Subject;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.wire.IpAddress;

/**
 * A flow seen as a contact between someone local (equipment, or a host of the home network) and
 * someone remote. Made by the pipeline for each flow that may matter, and kept while a detector
 * follows it.
 */
public final class Contact {
  /**
   * Who the two sides are; fixed when the flow begins, but for who opened it: a SYN that the mirror
   * shows late tells that.
   */
  public record Parties(
      int ipVersion,
      long localHigh,
      long localLow,
      int localPort,
      long remoteHigh,
      long remoteLow,
      int remotePort,
      int protocol,
      boolean outbound,
      boolean remoteExternal,
      boolean userPlane) {}

  /**
   * What the connection itself calls the remote side, or whom it asks that for.
   *
   * @param source {@code sni}, {@code http}, ...
   * @param name lower-case, without a dot at the end; or the text of the address
   * @param address null for a name
   * @param port that goes with the address; 0 if none is known
   */
  public record SaidName(String source, String name, @Nullable IpAddress address, int port) {}

  /** Most names of {@link #saidNames}. */
  public static final int MOST_SAID_NAMES = 4;

  private final Parties parties;
  private final Subject subject;
  private final @Nullable Equipment equipment;
  private final long startNumber;
  private final long startNanos;
  private final boolean first;
  private Stage stage = Stage.ATTEMPT;
  private @Nullable String name;
  private List<String> aliases = List.of();
  private List<SaidName> saidNames = List.of();
  private boolean namedAtStart;
  private boolean nameFinal;
  private long packetNumber;
  private long packetNanos;

  public Contact(
      Parties parties,
      Subject subject,
      @Nullable Equipment equipment,
      long startNumber,
      long startNanos,
      boolean first) {
    this.parties = parties;
    this.subject = subject;
    this.equipment = equipment;
    this.startNumber = startNumber;
    this.startNanos = startNanos;
    this.first = first;
    packetNumber = startNumber;
    packetNanos = startNanos;
  }

  public Parties parties() {
    return parties;
  }

  /** The same contact as it stands, opened by the other side. */
  public Contact turnedRound() {
    Parties p = parties;
    Parties turned =
        new Parties(
            p.ipVersion,
            p.localHigh,
            p.localLow,
            p.localPort,
            p.remoteHigh,
            p.remoteLow,
            p.remotePort,
            p.protocol,
            !p.outbound,
            p.remoteExternal,
            p.userPlane);
    Contact contact = new Contact(turned, subject, equipment, startNumber, startNanos, first);
    contact.stage = stage;
    contact.name = name;
    contact.aliases = aliases;
    contact.saidNames = saidNames;
    contact.namedAtStart = namedAtStart;
    contact.nameFinal = nameFinal;
    contact.at(packetNumber, packetNanos);
    return contact;
  }

  public Subject subject() {
    return subject;
  }

  /** The equipment whose contact it is; null when the local side is just a host. */
  public @Nullable Equipment equipment() {
    return equipment;
  }

  public long startNumber() {
    return startNumber;
  }

  public long startNanos() {
    return startNanos;
  }

  /** Whether the local side had no contact with this remote address before, as far as is known. */
  public boolean isFirst() {
    return first;
  }

  public Stage stage() {
    return stage;
  }

  /** Called by the pipeline; a stage never goes back. */
  public void stage(Stage stage) {
    if (stage.compareTo(this.stage) > 0) {
      this.stage = stage;
    }
  }

  /** The name under which the local side knows the remote address, or null. */
  public @Nullable String name() {
    return name;
  }

  /**
   * Further names of the remote address: what the name is an alias of, in the order of the CNAME
   * records; empty for most.
   */
  public List<String> aliases() {
    return aliases;
  }

  /** Called by the pipeline together with the name. */
  public void aliases(List<String> aliases) {
    this.aliases = aliases;
  }

  /**
   * What the connection itself calls the remote side, first things first. It is one side's word: no
   * reason to allow anything.
   */
  public List<SaidName> saidNames() {
    return saidNames;
  }

  /**
   * Called by the pipeline when the connection says a name; false if that is known, or no news.
   *
   * @param isListed if there is no room, the last one gives way to a listed one: whoever says many
   *     names first must not hide it
   */
  public boolean says(SaidName said, boolean isListed) {
    boolean isFull = saidNames.size() == MOST_SAID_NAMES;
    if (saidNames.contains(said) || (isFull && !isListed)) {
      return false;
    }
    List<SaidName> more = new ArrayList<>(saidNames);
    if (isFull) {
      more.removeLast();
    }
    more.add(said);
    saidNames = List.copyOf(more);
    return true;
  }

  /** Whether the name was known before the first packet. */
  public boolean isNamedAtStart() {
    return namedAtStart;
  }

  /** Called by the pipeline when passive DNS knows the remote address. */
  public void name(String name) {
    this.name = name;
    namedAtStart |= packetNumber == startNumber;
  }

  /** Whether waiting for a name is over: none will change the verdict on this contact any more. */
  public boolean isNameFinal() {
    return nameFinal;
  }

  /** Called by the pipeline when the wait is over. */
  public void nameFinal() {
    nameFinal = true;
  }

  /** Number of the packet at which the contact is being looked at. */
  public long packetNumber() {
    return packetNumber;
  }

  public long packetNanos() {
    return packetNanos;
  }

  /** Called by the pipeline for each packet at which detectors are asked. */
  public void at(long packetNumber, long packetNanos) {
    this.packetNumber = packetNumber;
    this.packetNanos = packetNanos;
  }

  /** The remote side as alerts name it: by its name in DNS, else by what the connection says. */
  public Endpoint endpoint() {
    if (name != null) {
      return endpoint(name, "dns");
    }
    for (SaidName said : saidNames) {
      if (said.address == null) {
        return endpoint(said);
      }
    }
    return endpoint(null, null);
  }

  /** The remote side under a name that the connection says. */
  public Endpoint endpoint(SaidName said) {
    return endpoint(said.name(), said.source());
  }

  private Endpoint endpoint(@Nullable String name, @Nullable String source) {
    return new Endpoint(
        new IpAddress(parties.ipVersion(), parties.remoteHigh(), parties.remoteLow()),
        parties.outbound() ? parties.remotePort() : parties.localPort(),
        name,
        source);
  }
}
