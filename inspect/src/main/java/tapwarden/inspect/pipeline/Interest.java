package tapwarden.inspect.pipeline;

/**
 * Whether the alert desk still wants packets after a finding. A worker sends them until it is told
 * that they would be ignored, so that a flood of findings costs no flood of evidence; what is kept
 * does not depend on when it hears of that. One a finding.
 */
final class Interest {
  private volatile boolean over;

  boolean isOver() {
    return over;
  }

  /** Said by the desk: until the next finding of the incident nothing more is wanted. */
  void end() {
    over = true;
  }
}
