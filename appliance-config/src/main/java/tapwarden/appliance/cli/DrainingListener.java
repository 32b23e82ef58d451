package tapwarden.appliance.cli;

import tapwarden.appliance.ops.DrainOnExit;
import tapwarden.inspect.alert.Alert;

/** Lets a signal stop the session that another listener listens to. */
final class DrainingListener implements SessionListener {
  private final SessionListener next;
  private final DrainOnExit drain;

  DrainingListener(SessionListener next, DrainOnExit drain) {
    this.next = next;
    this.drain = drain;
  }

  @Override
  public void started(SessionView session) {
    next.started(session);
    drain.onStop(session::stop);
  }

  @Override
  public void alert(Alert alert) {
    next.alert(alert);
  }

  @Override
  public void eve(byte[] bytes, int length, boolean isAlert) {
    next.eve(bytes, length, isAlert);
  }

  @Override
  public void notice(String sentence) {
    next.notice(sentence);
  }
}
