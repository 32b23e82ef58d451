package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Endpoint;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Severity;
import tapwarden.inspect.alert.Signature;
import tapwarden.inspect.alert.Stage;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.detect.Detector;
import tapwarden.inspect.detect.DetectorContext;
import tapwarden.inspect.detect.DetectorProvider;
import tapwarden.inspect.detect.Findings;
import tapwarden.inspect.detect.Interest;
import tapwarden.inspect.detect.Lookup;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.names.KnownName;

/**
 * Asks the detectors of one worker about contacts and look-ups, and makes findings of the answers.
 */
final class ContactJudge implements Findings {
  /** Detectors are four bits each of a long in {@link Followed}. */
  static final int MOST_DETECTORS = 16;

  private final ClientNames names;
  private final List<Detector> detectors = new ArrayList<>();

  /** Bit a detector: whose verdict hangs on lists. */
  private final int byList;

  private final List<Finding> findings = new ArrayList<>();
  private @Nullable Contact contact;
  private @Nullable Lookup lookup;
  private @Nullable FlowSnapshot flow;

  /** The contact about which a detector is asked, and the detector's place. */
  private @Nullable Followed asking;

  private int asked;

  ContactJudge(DetectorContext context, ClientNames names) {
    this.names = names;
    for (DetectorProvider provider : ServiceLoader.load(DetectorProvider.class)) {
      detectors.add(provider.create(context));
    }
    if (detectors.size() > MOST_DETECTORS) {
      throw new IllegalStateException("more than " + MOST_DETECTORS + " detectors");
    }
    int bits = 0;
    for (int i = 0; i < detectors.size(); i++) {
      bits |= detectors.get(i).usesIndicators() ? 1 << i : 0;
    }
    byList = bits;
  }

  /** Shows a new contact to all detectors, and notes in {@code state} which want to hear more. */
  void begin(Followed state) {
    ask(state, (1 << detectors.size()) - 1, true);
  }

  /** Shows a contact that has got further to those that wanted to know. */
  void progress(Followed state) {
    ask(state, state.followers, false);
  }

  /** Shows a contact whose name is known, or will not be, to those whose verdict hangs on it. */
  void named(Followed state) {
    ask(state, state.awaiting, false);
  }

  /** Shows a contact to those that found nothing in the lists before; there are others now. */
  void relisted(Followed state) {
    ask(state, byList & ~state.raised, false);
  }

  /** Whether something in a list was found about the contact. */
  boolean isListed(Followed state) {
    return (state.raised & byList) != 0;
  }

  private void ask(Followed state, int which, boolean first) {
    prepare(state);
    nameAliases(state.contact);
    for (int i = 0; i < detectors.size(); i++) {
      int bit = 1 << i;
      if ((which & bit) == 0) {
        continue;
      }
      int found = findings.size();
      asked = i;
      Interest interest =
          first
              ? detectors.get(i).onContact(state.contact, this)
              : detectors.get(i).onProgress(state.contact, this);
      state.raised |= findings.size() > found ? bit : 0;
      state.followers =
          interest == Interest.PROGRESS ? state.followers | bit : state.followers & ~bit;
      state.awaiting = interest == Interest.NAME ? state.awaiting | bit : state.awaiting & ~bit;
    }
  }

  /** A contact by name gets the aliases that lead from the name to the address. */
  private void nameAliases(Contact shown) {
    if (shown.name() == null) {
      return;
    }
    Contact.Parties p = shown.parties();
    KnownName known =
        names.knownAs(p.ipVersion(), p.localHigh(), p.localLow(), p.remoteHigh(), p.remoteLow());
    if (known != null && known.name().equals(shown.name())) {
      shown.aliases(known.aliases());
    }
  }

  void lookup(Lookup question, @Nullable FlowSnapshot snapshot) {
    findings.clear();
    asking = null;
    contact = null;
    lookup = question;
    flow = snapshot;
    for (Detector detector : detectors) {
      detector.onLookup(question, this);
    }
  }

  private void prepare(Followed state) {
    findings.clear();
    asking = state;
    contact = state.contact;
    lookup = null;
    flow = state.snapshot;
  }

  /** What the last call found, in the order of the detectors. */
  List<Finding> findings() {
    return findings;
  }

  @Override
  public void raise(Signature signature, Endpoint endpoint, int score, List<String> because) {
    Contact c = contact;
    Lookup l = lookup;
    Followed state = asking;
    if (c != null && state != null) {
      findings.add(
          new Finding(
              signature,
              c.subject(),
              endpoint,
              c.parties().protocol(),
              c.stage(),
              score,
              because,
              flow,
              c.startNumber(),
              c.startNanos(),
              c.packetNumber(),
              c.packetNanos(),
              state.news(asked, Severity.ofScore(score))));
    } else if (l != null) {
      findings.add(
          new Finding(
              signature,
              l.subject(),
              endpoint,
              flow == null ? 0 : flow.protocol(),
              Stage.ATTEMPT,
              score,
              because,
              flow,
              l.packetNumber(),
              l.packetNanos(),
              l.packetNumber(),
              l.packetNanos()));
    }
  }
}
