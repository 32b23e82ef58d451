package tapwarden.inspect.detect.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Signature;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.detect.Detector;
import tapwarden.inspect.detect.DetectorContext;
import tapwarden.inspect.detect.Findings;
import tapwarden.inspect.detect.Interest;
import tapwarden.inspect.equipment.Equipment;
import tapwarden.inspect.equipment.Policies;
import tapwarden.inspect.equipment.Policy;
import tapwarden.inspect.equipment.Verdict;

/**
 * Equipment talks to an external endpoint that its policy does not allow.
 *
 * <p>The score is a sum of stated weights: that the policy does not allow it, that the endpoint was
 * never contacted before, that it has no name (an address that nobody looked up is hard-coded), and
 * how far the contact got. It stays below critical, which needs a known-bad endpoint. A contact
 * that came from outside counts for less and only once the equipment has answered it: being scanned
 * is no deed of the equipment's. So what somebody outside sends to equipment that never answers, by
 * UDP for example, is against no policy, even if the equipment acts on it: only a list can tell
 * such a channel of one direction from noise. Equipment of an excluded vendor that has no policy is
 * held to one rule only: an endpoint without a name is worth a low alert.
 */
public final class PolicyDetector implements Detector {
  static final int NOT_ALLOWED = 50;
  static final int FIRST_CONTACT = 12;
  static final int NAMELESS = 15;
  static final int ANSWERED = 10;
  static final int DATA = 14;
  static final int MOST = 89;

  static final int INBOUND_ANSWERED = 45;
  static final int INBOUND_DATA = 55;
  static final int EXCLUDED_VENDOR = 30;

  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final int UDP_LITE = 136;

  private final Policies policies;

  PolicyDetector(DetectorContext context) {
    policies = context.policies();
  }

  @Override
  public String name() {
    return PolicyDetectorProvider.NAME;
  }

  @Override
  public Interest onContact(Contact contact, Findings out) {
    return judge(contact, out);
  }

  @Override
  public Interest onProgress(Contact contact, Findings out) {
    return judge(contact, out);
  }

  private Interest judge(Contact contact, Findings out) {
    Equipment equipment = contact.equipment();
    Contact.Parties parties = contact.parties();
    if (equipment == null || !parties.remoteExternal()) {
      return Interest.NONE;
    }
    Policy policy = policies.policyOf(equipment);
    if (policy == null) {
      return equipment.excludedVendor() && parties.outbound()
          ? excludedVendor(contact, out)
          : Interest.NONE;
    }
    if (policy.isLearning(contact.packetNanos())) {
      return Interest.NONE;
    }
    Verdict verdict = evaluate(policy, contact, contact.name());
    for (int i = 0; i < contact.aliases().size() && !isAllowed(verdict); i++) {
      verdict = evaluate(policy, contact, contact.aliases().get(i));
    }
    return switch (verdict.kind()) {
      case ALLOWED -> Interest.NONE;
      case NAME_COULD_STILL_MATCH ->
          contact.isNameFinal() ? violation(contact, policy, out) : Interest.NAME;
      case NOT_ALLOWED -> violation(contact, policy, out);
    };
  }

  private static boolean isAllowed(Verdict verdict) {
    return verdict.kind() == Verdict.Kind.ALLOWED;
  }

  private static Verdict evaluate(Policy policy, Contact contact, @Nullable String name) {
    Contact.Parties parties = contact.parties();
    return policy.evaluate(
        parties.ipVersion(),
        parties.remoteHigh(),
        parties.remoteLow(),
        parties.protocol(),
        isPortHidden(parties)
            ? Policy.PORT_HIDDEN
            : parties.outbound() ? parties.remotePort() : parties.localPort(),
        name);
  }

  /** Later fragments of a datagram bear no ports. */
  private static boolean isPortHidden(Contact.Parties parties) {
    return parties.remotePort() == 0
        && parties.localPort() == 0
        && switch (parties.protocol()) {
          case TCP, UDP, SCTP, UDP_LITE -> true;
          default -> false;
        };
  }

  private Interest violation(Contact contact, Policy policy, Findings out) {
    if (!contact.parties().outbound()) {
      return inbound(contact, policy, out);
    }
    List<String> because = new ArrayList<>();
    because.add("not in policy " + policy.name());
    int score = NOT_ALLOWED;
    if (contact.isFirst()) {
      score += FIRST_CONTACT;
      because.add("first contact ever");
    }
    score += nameless(contact, because);
    score += progress(contact.stage(), because);
    out.raise(Signature.POLICY_NOT_ALLOWED, contact.endpoint(), Math.min(score, MOST), because);
    return untilData(contact);
  }

  private Interest inbound(Contact contact, Policy policy, Findings out) {
    if (contact.stage() == Stage.ATTEMPT) {
      return Interest.PROGRESS;
    }
    boolean data = contact.stage() == Stage.DATA;
    List<String> because = new ArrayList<>();
    because.add("not in policy " + policy.name());
    because.add("contact came from outside");
    because.add(data ? "equipment exchanged data with it" : "equipment answered");
    out.raise(
        Signature.POLICY_INBOUND,
        contact.endpoint(),
        data ? INBOUND_DATA : INBOUND_ANSWERED,
        because);
    return untilData(contact);
  }

  private Interest excludedVendor(Contact contact, Findings out) {
    if (contact.name() != null) {
      return Interest.NONE;
    }
    List<String> because = new ArrayList<>();
    because.add("vendor is excluded and the equipment has no policy");
    nameless(contact, because);
    progress(contact.stage(), because);
    out.raise(Signature.POLICY_EXCLUDED_VENDOR, contact.endpoint(), EXCLUDED_VENDOR, because);
    return untilData(contact);
  }

  private static Interest untilData(Contact contact) {
    return contact.stage() == Stage.DATA ? Interest.NONE : Interest.PROGRESS;
  }

  private static int nameless(Contact contact, List<String> because) {
    @Nullable String name = contact.name();
    if (name == null) {
      because.add("no DNS name before the first packet");
      return NAMELESS;
    }
    because.add((contact.isNamedAtStart() ? "looked up as " : "later looked up as ") + name);
    return 0;
  }

  private static int progress(Stage stage, List<String> because) {
    return switch (stage) {
      case ATTEMPT -> 0;
      case ESTABLISHED -> {
        because.add("the endpoint answered");
        yield ANSWERED;
      }
      case DATA -> {
        because.add("data was exchanged");
        yield DATA;
      }
    };
  }
}
