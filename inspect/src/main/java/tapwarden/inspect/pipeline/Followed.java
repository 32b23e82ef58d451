package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.alert.Finding;
import tapwarden.inspect.alert.Severity;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.sink.evidence.EvidenceFrame;

/**
 * A contact that is not done with: some detector follows it, its name is awaited, or packets after
 * an alert are still being kept. Lives in {@link FollowedContacts}, found by its flow's attachment.
 */
final class Followed {
  /** Most incidents one flow can feed. */
  static final int MAX_INCIDENTS = 4;

  /** The flow's flags for users from this bit on: the first detectors that found something. */
  private static final int FLOW_FLAGS = Flow.ALERTED << 2;

  private static final int FLOW_DETECTORS = 6;
  private static final int SEVERITIES = 4;
  private static final long ALL_SEVERITIES = (1 << SEVERITIES) - 1;

  final Contact contact;

  /** Where its flow began ({@link Flow#startOrder}). */
  long startOrder;

  /** When the contact began, as far as its stamp can be believed. */
  final long begunNanos;

  final List<IncidentKey> incidents = new ArrayList<>(1);

  /** Bit a detector, in the order of the worker's list: who wants to hear of progress. */
  int followers;

  /** Bit a detector: whose verdict hangs on a name. */
  int awaiting;

  /** Bit a detector: who has found something. */
  int raised;

  /** A detector's four bits: of which severities its findings were. */
  private long found;

  /** The contact's first packet while a verdict hangs on a name; null if there was no room. */
  @Nullable EvidenceFrame opening;

  int packets = 1;
  int evidenceLeft;

  /** The flow as it was when it was last looked at; for verdicts that no packet brings. */
  FlowSnapshot snapshot;

  Followed(Contact contact, long begunNanos, FlowSnapshot snapshot) {
    this.contact = contact;
    this.begunNanos = begunNanos;
    this.snapshot = snapshot;
  }

  /** The same contact, opened by the other side; what is known and kept of it stays. */
  Followed turnedRound(FlowSnapshot now) {
    Followed turned = new Followed(contact.turnedRound(), begunNanos, now);
    turned.startOrder = startOrder;
    turned.incidents.addAll(incidents);
    turned.opening = opening;
    turned.packets = packets;
    turned.evidenceLeft = evidenceLeft;
    turned.raised = raised;
    turned.found = found;
    return turned;
  }

  /** What a detector's finding of that severity is the first of; it is taken note of. */
  Finding.News news(int detector, Severity severity) {
    int shift = SEVERITIES * detector;
    long bit = 1L << (shift + severity.ordinal());
    long before = (found >>> shift) & ALL_SEVERITIES;
    Finding.News news =
        before == 0
            ? Finding.News.CONTACT
            : (found & bit) == 0 ? Finding.News.SEVERITY : Finding.News.PROGRESS;
    found |= bit;
    return news;
  }

  /**
   * What the flow remembers of a contact that is not followed any more: which detectors have found
   * something, in its flags for users from {@link #FLOW_FLAGS} on. There are bits for so many; of
   * another detector it is taken that it did if anybody did.
   */
  int flowFlags() {
    int flags = 0;
    for (int detector = 0; detector < FLOW_DETECTORS; detector++) {
      if (((found >>> (SEVERITIES * detector)) & ALL_SEVERITIES) != 0) {
        flags |= FLOW_FLAGS << detector;
      }
    }
    return flags;
  }

  /** Takes over what the flow remembers of it. */
  void recall(int flowFlags) {
    boolean any = (flowFlags & Flow.ALERTED) != 0;
    for (int detector = 0; detector < ContactJudge.MOST_DETECTORS; detector++) {
      if (detector < FLOW_DETECTORS ? (flowFlags & (FLOW_FLAGS << detector)) != 0 : any) {
        found |= ALL_SEVERITIES << (SEVERITIES * detector);
      }
    }
  }

  boolean isDone() {
    return followers == 0 && awaiting == 0 && evidenceLeft == 0;
  }
}
