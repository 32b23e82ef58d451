package tapwarden.capture.ring;

import tapwarden.capture.packet.Frame;

/** Hears of each frame whose inspection failed; called on the worker's thread. */
@FunctionalInterface
public interface PoisonListener {
  void onPoison(int worker, Frame frame, Throwable problem);
}
