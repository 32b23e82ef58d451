package tapwarden.inspect.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.detect.Contact;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.sink.evidence.EvidenceFrame;

/**
 * A contact that is not done with: some detector follows it, its name is awaited, or packets after
 * an alert are still being kept. Lives in {@link FollowedContacts}, found by its flow's attachment.
 */
final class Followed {
  /** Most incidents one flow can feed. */
  static final int MAX_INCIDENTS = 4;

  final Contact contact;

  /** When the contact began, as far as its stamp can be believed. */
  final long begunNanos;

  final List<IncidentKey> incidents = new ArrayList<>(1);

  /** Bit a detector, in the order of the worker's list: who wants to hear of progress. */
  int followers;

  /** Bit a detector: whose verdict hangs on a name. */
  int awaiting;

  /** Bit a detector: who has found something. */
  int raised;

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
    turned.incidents.addAll(incidents);
    turned.opening = opening;
    turned.packets = packets;
    turned.evidenceLeft = evidenceLeft;
    turned.raised = raised;
    return turned;
  }

  boolean isDone() {
    return followers == 0 && awaiting == 0 && evidenceLeft == 0;
  }
}
