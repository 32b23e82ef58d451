package tapwarden.inspect.stream;

import java.lang.foreign.MemorySegment;

/** Wants every byte and does nothing with it; for tests that count, or hear some of it. */
class SilentListener implements StreamListener {
  @Override
  public boolean data(
      TcpStream stream, boolean toServer, MemorySegment segment, long offset, int length) {
    return true;
  }

  @Override
  public boolean gap(TcpStream stream, boolean toServer, long bytes) {
    return true;
  }

  @Override
  public void ambiguous(
      TcpStream stream,
      boolean toServer,
      Ambiguity kind,
      long position,
      MemorySegment segment,
      long offset,
      int length) {}

  @Override
  public void alternative(
      TcpStream stream,
      boolean toServer,
      long position,
      MemorySegment segment,
      long offset,
      int length) {}
}
