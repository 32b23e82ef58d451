package tapwarden.inspect.detect.watchlist;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Signature;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.detect.Detector;
import tapwarden.inspect.detect.DetectorContext;
import tapwarden.inspect.detect.Findings;
import tapwarden.inspect.detect.Interest;
import tapwarden.inspect.detect.Lookup;
import tapwarden.inspect.intel.Indicator;
import tapwarden.inspect.intel.IndicatorSet;
import tapwarden.inspect.intel.NameMatcher;
import tapwarden.inspect.wire.IpAddress;

/**
 * Somebody local meets an endpoint that a list names: by its address at the first packet, or by its
 * name when it is looked up, answered or contacted.
 *
 * <p>The score says how sure and how far: a contact that the local side opened weighs far more than
 * one that came from a listed scanner; an answer from the endpoint, then data, raise it; an entry
 * for a whole network is worth a little less than one for the address itself.
 */
public final class WatchlistDetector implements Detector {
  static final int OUTBOUND = 75;
  static final int OUTBOUND_ANSWERED = 90;
  static final int OUTBOUND_DATA = 95;
  static final int INBOUND = 45;
  static final int INBOUND_ANSWERED = 65;
  static final int INBOUND_DATA = 80;
  static final int NETWORK_ENTRY = -10;
  static final int LOOKUP = 75;
  static final int RESOLVED = 72;

  private final Supplier<IndicatorSet> indicators;
  private byte[] nameBytes = new byte[256];

  WatchlistDetector(DetectorContext context) {
    indicators = context.indicators();
  }

  @Override
  public String name() {
    return WatchlistDetectorProvider.NAME;
  }

  @Override
  public Interest onContact(Contact contact, Findings out) {
    return judge(contact, out);
  }

  @Override
  public Interest onProgress(Contact contact, Findings out) {
    return judge(contact, out);
  }

  @Override
  public boolean usesIndicators() {
    return true;
  }

  private Interest judge(Contact contact, Findings out) {
    IndicatorSet set = indicators.get();
    Contact.Parties p = contact.parties();
    int match = set.matchAddress(p.ipVersion(), p.remoteHigh(), p.remoteLow(), p.remotePort());
    if (match >= 0) {
      Indicator indicator = set.indicator(match);
      Signature signature = signatureOf(indicator);
      int score = contactScore(contact);
      if (signature == Signature.WATCHLIST_NETWORK) {
        score += NETWORK_ENTRY;
      }
      raise(signature, contact, indicator, score, out);
      return untilData(contact);
    }
    match = matchName(set, contact.name());
    for (int i = 0; i < contact.aliases().size() && match < 0; i++) {
      match = matchName(set, contact.aliases().get(i));
    }
    if (match >= 0) {
      raise(
          Signature.WATCHLIST_NAMED_CONTACT,
          contact,
          set.indicator(match),
          contactScore(contact),
          out);
      return untilData(contact);
    }
    for (Contact.SaidName said : contact.saidNames()) {
      match = match(set, said);
      if (match >= 0) {
        raise(contact, set.indicator(match), said, out);
        return untilData(contact);
      }
    }
    return Interest.NONE;
  }

  /** A name that only the connection itself says is worth as much: nobody lies to look worse. */
  private static void raise(
      Contact contact, Indicator indicator, Contact.SaidName said, Findings out) {
    List<String> because = reasons(contact, indicator);
    boolean isName = said.address() == null;
    String how = isName ? "the connection itself names it " : "the connection itself asks it for ";
    because.add(how + said.name() + " (" + said.source() + ')');
    Signature signature =
        isName ? Signature.WATCHLIST_NAMED_CONTACT : Signature.WATCHLIST_ASKED_ADDRESS;
    out.raise(signature, contact.endpoint(said), contactScore(contact), because);
  }

  private static Interest untilData(Contact contact) {
    return contact.stage() == Stage.DATA ? Interest.NONE : Interest.PROGRESS;
  }

  private static Signature signatureOf(Indicator indicator) {
    return switch (indicator.type()) {
      case ADDRESS_PORT -> Signature.WATCHLIST_ADDRESS_PORT;
      case NETWORK -> Signature.WATCHLIST_NETWORK;
      default -> Signature.WATCHLIST_ADDRESS;
    };
  }

  private static int contactScore(Contact contact) {
    boolean outbound = contact.parties().outbound();
    return switch (contact.stage()) {
      case ATTEMPT -> outbound ? OUTBOUND : INBOUND;
      case ESTABLISHED -> outbound ? OUTBOUND_ANSWERED : INBOUND_ANSWERED;
      case DATA -> outbound ? OUTBOUND_DATA : INBOUND_DATA;
    };
  }

  private static void raise(
      Signature signature, Contact contact, Indicator indicator, int score, Findings out) {
    out.raise(signature, contact.endpoint(), score, reasons(contact, indicator));
  }

  private static List<String> reasons(Contact contact, Indicator indicator) {
    List<String> because = new ArrayList<>();
    because.add(listed(indicator));
    because.add(
        contact.parties().outbound() ? "contact was opened from here" : "contact came from there");
    if (contact.stage() == Stage.ESTABLISHED) {
      because.add("the other side answered");
    } else if (contact.stage() == Stage.DATA) {
      because.add("data was exchanged");
    }
    return because;
  }

  private static String listed(Indicator indicator) {
    String comment = indicator.comment();
    String where =
        indicator.value()
            + " is listed in "
            + indicator.list().getFileName()
            + " line "
            + indicator.line();
    return comment == null ? where : where + " (" + comment + ")";
  }

  @Override
  public void onLookup(Lookup lookup, Findings out) {
    IndicatorSet set = indicators.get();
    Contact.SaidName asked = lookup.asked();
    if (asked != null && asked.address() != null) {
      raise(set, asked, lookup, out);
      return;
    }
    int match = matchName(set, lookup.name());
    if (match >= 0) {
      Indicator indicator = set.indicator(match);
      String what = lookup.name().equals(indicator.value()) ? "the name" : lookup.name();
      Endpoint endpoint = below(indicator, lookup.name());
      out.raise(
          Signature.WATCHLIST_NAME,
          endpoint,
          LOOKUP,
          List.of(listed(indicator), what + ' ' + lookup.how()));
    }
    for (String alias : lookup.aliases()) {
      raise(set, Signature.WATCHLIST_ALIAS, alias, "alias of " + lookup.name(), out);
    }
    for (String target : lookup.targets()) {
      raise(set, Signature.WATCHLIST_TARGET, target, "what " + lookup.name() + " refers to", out);
    }
    for (IpAddress address : lookup.addresses()) {
      match = set.matchAddress(address.version(), address.high(), address.low(), 0);
      if (match >= 0) {
        List<String> because =
            List.of(listed(set.indicator(match)), lookup.name() + " resolves to " + address);
        Endpoint endpoint = new Endpoint(address, 0, lookup.name(), "dns");
        out.raise(Signature.WATCHLIST_ANSWER, endpoint, RESOLVED, because);
      }
    }
  }

  /** Raises an address that somebody at home was asked for: it is the endpoint itself. */
  private static void raise(IndicatorSet set, Contact.SaidName asked, Lookup lookup, Findings out) {
    IpAddress address = Objects.requireNonNull(asked.address());
    int match = set.matchAddress(address.version(), address.high(), address.low(), asked.port());
    if (match >= 0) {
      List<String> because = List.of(listed(set.indicator(match)), "the address " + lookup.how());
      Endpoint endpoint = new Endpoint(address, asked.port(), asked.name(), asked.source());
      out.raise(Signature.WATCHLIST_ASKED_ADDRESS, endpoint, LOOKUP, because);
    }
  }

  /** Raises a name in an answer if it is listed. */
  private void raise(
      IndicatorSet set, Signature signature, String name, String reason, Findings out) {
    int match = matchName(set, name);
    if (match >= 0) {
      Indicator indicator = set.indicator(match);
      out.raise(signature, below(indicator, name), RESOLVED, List.of(listed(indicator), reason));
    }
  }

  /** Names below one entry are one endpoint: whoever is listed can make up as many as he likes. */
  private static Endpoint below(Indicator indicator, String name) {
    return new Endpoint(null, 0, name, "dns", indicator.value());
  }

  private int match(IndicatorSet set, Contact.SaidName said) {
    IpAddress address = said.address();
    return address == null
        ? matchName(set, said.name())
        : set.matchAddress(address.version(), address.high(), address.low(), said.port());
  }

  private int matchName(IndicatorSet set, @Nullable String name) {
    if (name == null || set.isEmpty()) {
      return -1;
    }
    int length = name.length();
    if (nameBytes.length < length) {
      nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
    } else {
      for (int i = 0; i < length; i++) {
        nameBytes[i] = (byte) name.charAt(i);
      }
    }
    return NameMatcher.matchAnyForm(set, nameBytes, 0, length);
  }
}
