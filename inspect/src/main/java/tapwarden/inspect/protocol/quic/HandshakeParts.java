package tapwarden.inspect.protocol.quic;

import tapwarden.inspect.codec.quic.CryptoStream;
import tapwarden.inspect.codec.quic.FrameCursor;
import tapwarden.inspect.codec.quic.QuicVersion;
import tapwarden.inspect.protocol.Report;

/**
 * Puts the hellos of one flow together from the frames that carry parts of them.
 *
 * <p>A server takes the first of two parts that differ, but it need not have got what was captured.
 * So where a client's parts differ, or a whole hello is followed by parts of it once more, the
 * other reading is put together too, and told if it names another server.
 */
final class HandshakeParts {
  private final Attempts attempts;
  private final QuicHellos hellos;

  HandshakeParts(Attempts attempts, QuicHellos hellos) {
    this.attempts = attempts;
    this.hellos = hellos;
  }

  void read(Report report, Attempt attempt, boolean ofClient, FrameCursor frames) {
    while (frames.next()) {
      if (!ofClient) {
        readServer(report, attempt, frames);
      } else {
        readClient(report, attempt, frames);
      }
    }
    if (frames.isBroken() && !QuicVersion.hasGoogleHandshake(attempt.version)) {
      report.oddity("frames");
    }
  }

  private void readServer(Report report, Attempt attempt, FrameCursor part) {
    CryptoStream stream = attempt.server;
    if (attempt.serverDone || isWhole(report, attempt, false, stream, part)) {
      return;
    }
    if (makeRoom(report, attempt, stream, part)) {
      tell(report, stream.add(part.offset(), part.array(), part.data(), part.length()));
      finish(report, attempt, false, stream);
    }
  }

  private void readClient(Report report, Attempt attempt, FrameCursor part) {
    CryptoStream stream = attempt.client;
    if (attempt.helloSeen && part.offset() < stream.base()) {
      readAgain(report, attempt, part);
    }
    if (part.offset() + part.length() <= stream.base()
        || isWhole(report, attempt, true, stream, part)
        || !makeRoom(report, attempt, stream, part)) {
      return;
    }
    CryptoStream.Taken taken = stream.add(part.offset(), part.array(), part.data(), part.length());
    tell(report, taken);
    boolean differs = taken == CryptoStream.Taken.DIFFERS;
    if (differs
        && attempt.again == null
        && attempts.makeRoom(report, attempt, stream.heldBytes())) {
      attempt.again = stream.copy();
    }
    CryptoStream again = attempt.again;
    boolean hasOther = again != null && again.base() == stream.base();
    finish(report, attempt, true, stream);
    if (again != null && hasOther) {
      overlay(report, attempt, again, part);
    }
  }

  /** Whether the part is a whole message of which nothing came before. */
  private boolean isWhole(
      Report report, Attempt attempt, boolean ofClient, CryptoStream stream, FrameCursor part) {
    if (!stream.isEmpty() || part.offset() != stream.base()) {
      return false;
    }
    int message =
        hellos.message(report, attempt, ofClient, part.array(), part.data(), part.length(), false);
    if (message > 0) {
      attempt.helloStart = ofClient ? stream.base() : attempt.helloStart;
      stream.next(message);
    }
    return message > 0;
  }

  private void finish(Report report, Attempt attempt, boolean ofClient, CryptoStream stream) {
    int message =
        hellos.message(
            report, attempt, ofClient, stream.bytes(), 0, stream.ready(), stream.isFull());
    if (message > 0) {
      attempt.helloStart = ofClient ? stream.base() : attempt.helloStart;
      attempts.giveBack(stream.heldBytes());
      stream.next(message);
    }
  }

  /** A part of a hello that was told. */
  private void readAgain(Report report, Attempt attempt, FrameCursor part) {
    CryptoStream again = attempt.again;
    if (again == null) {
      if (part.offset() == attempt.helloStart
          && hellos.again(report, attempt, part.array(), part.data(), part.length()) > 0) {
        return;
      }
      again = new CryptoStream(attempt.helloStart);
      attempt.again = again;
    }
    overlay(report, attempt, again, part);
  }

  private void overlay(Report report, Attempt attempt, CryptoStream again, FrameCursor part) {
    if (makeRoom(report, attempt, again, part)) {
      again.overlay(part.offset(), part.array(), part.data(), part.length());
      boolean isRead = hellos.again(report, attempt, again.bytes(), 0, again.ready()) > 0;
      if (isRead) {
        attempts.giveBack(again.heldBytes());
        attempt.again = null;
      }
    }
  }

  private boolean makeRoom(Report report, Attempt attempt, CryptoStream stream, FrameCursor part) {
    if (attempts.makeRoom(report, attempt, stream.growthFor(part.offset(), part.length()))) {
      return true;
    }
    report.oddity("crypto_memory");
    return false;
  }

  private static void tell(Report report, CryptoStream.Taken taken) {
    switch (taken) {
      case DIFFERS -> report.oddity("crypto_differs");
      case BEYOND_LIMIT -> report.oddity("crypto_limit");
      case YES -> {}
    }
  }
}
