package tapwarden.inspect.protocol.socks;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import tapwarden.inspect.codec.message.PartialMessage;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.protocol.StreamReader;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.Bytes;

/**
 * One connection to a proxy. Either side sends a few short messages, of which the first byte tells
 * what they are, so that neither direction has to wait for the other; behind a reply that grants a
 * CONNECT, both speak what the client wants with its destination.
 */
final class SocksReader implements StreamReader {
  /** The reply that grants a request of version 4. */
  static final int GRANTED_4 = 90;

  /** What is kept of what a client says before the reply: the longest record of TLS. */
  static final int MOST_AHEAD = 5 + (1 << 14);

  private static final int AUTHENTICATION = 1;
  private static final int USER_PASSWORD = 2;

  /** Longest message: a user's name and password, or of version 4 two texts behind 8 bytes. */
  private static final int MOST_BYTES = 8 + 2 * (SocksRequest.LONGEST_TEXT + 1);

  private final SocksFacts facts = new SocksFacts();
  private final PartialMessage fromClient;
  private final PartialMessage fromServer;
  private final PartialMessage ahead;
  private boolean greeted;
  private boolean chosen;
  private boolean requested;
  private boolean told;
  private boolean bound;
  private boolean early;
  private boolean over;

  SocksReader(StreamMemory memory) {
    fromClient = new PartialMessage(memory);
    fromServer = new PartialMessage(memory);
    ahead = new PartialMessage(memory);
  }

  @Override
  public boolean data(
      Report report, boolean toServer, MemorySegment segment, long offset, int length) {
    PartialMessage held = toServer ? fromClient : fromServer;
    long at = offset;
    long end = offset + length;
    while (at < end && !over) {
      if (toServer && requested) {
        int left = (int) (end - at);
        if (facts.command == SocksRequest.CONNECT && !waits(report, segment, at, left)) {
          tell(report);
          handOver(report, (int) (at - offset));
        }
        break;
      }
      at += message(report, toServer, held, segment, at, (int) (end - at), offset);
    }
    return !over;
  }

  /**
   * Keeps what a client says before the proxy has agreed: it waits there for the reply, and belongs
   * to whatever is spoken behind it.
   *
   * @return false if that is spoken from here on: replies are not in the capture, or it is too much
   */
  private boolean waits(Report report, MemorySegment segment, long at, int length) {
    if (report.tcpFlags(false) == 0) {
      return false;
    }
    if (!early) {
      report.oddity("socks_early_data");
      early = true;
    }
    return ahead.length() + length <= MOST_AHEAD && ahead.append(segment, at, length);
  }

  /** Both sides go on with something else, of which the client may have said some already. */
  private void handOver(Report report, int taken) {
    byte[] said = Arrays.copyOf(ahead.array(), ahead.length());
    end();
    report.handOverAhead(taken, true, said);
  }

  /** Takes a message, or some of one; how many bytes that were. */
  private int message(
      Report report,
      boolean toServer,
      PartialMessage held,
      MemorySegment segment,
      long at,
      int there,
      long offset) {
    if (held.length() == 0) {
      int needed = needed(toServer, segment, at, there);
      if (needed == 0 || needed > MOST_BYTES) {
        violate(report);
        return there;
      }
      if (needed <= there) {
        take(report, toServer, segment, at, needed, (int) (at - offset) + needed);
        return needed;
      }
    }
    int needed = needed(toServer, held.segment(), 0, held.length());
    int some = held.length() == 0 ? there : Math.min(there, needed - held.length());
    if (!held.append(segment, at, some)) {
      report.oddity("socks_no_memory");
      end();
      return some;
    }
    MemorySegment whole = held.segment();
    needed = needed(toServer, whole, 0, held.length());
    if (needed == 0 || needed > MOST_BYTES) {
      violate(report);
    } else if (needed == held.length()) {
      held.release();
      take(report, toServer, whole, 0, needed, (int) (at - offset) + some);
    }
    return some;
  }

  /** Bytes of the message that begins there, as far as it tells; 0 if it is none. */
  private int needed(boolean toServer, MemorySegment segment, long at, int there) {
    if (there == 0) {
      return 1;
    }
    int first = Bytes.u8(segment, at);
    if (toServer) {
      if (!greeted) {
        return switch (first) {
          case SocksProtocol.VERSION_4 -> neededBy4(segment, at, there);
          case SocksProtocol.VERSION_5 -> there < 2 ? 2 : 2 + Bytes.u8(segment, at + 1);
          default -> 0;
        };
      }
      return first == AUTHENTICATION
          ? neededByName(segment, at, there)
          : neededBy5(first, segment, at, there);
    }
    if (first == 0 && !chosen) {
      return 8;
    }
    if (first == AUTHENTICATION && chosen) {
      return 2;
    }
    return first == SocksProtocol.VERSION_5 && !chosen ? 2 : neededBy5(first, segment, at, there);
  }

  /** A version, a command or a reply, a zero, an address. */
  private static int neededBy5(int first, MemorySegment segment, long at, int there) {
    if (first != SocksProtocol.VERSION_5) {
      return 0;
    }
    int address = SocksRequest.bytesOfAddress(segment, at + 3, there - 3);
    return address == 0 ? 0 : 3 + address;
  }

  /** RFC 1929 §2: a version, and two texts behind a byte of length. */
  private static int neededByName(MemorySegment segment, long at, int there) {
    if (there < 2) {
      return 2;
    }
    int password = 2 + Bytes.u8(segment, at + 1);
    return there <= password ? password + 1 : password + 1 + Bytes.u8(segment, at + password);
  }

  private static int neededBy4(MemorySegment segment, long at, int there) {
    if (there < 8) {
      return 8;
    }
    int end = afterZero(segment, at, 8, there);
    if (end > 0 && isNamed(segment, at)) {
      end = afterZero(segment, at, end, there);
    }
    return end > 0 ? end : there + 1;
  }

  private static int afterZero(MemorySegment segment, long at, int from, int there) {
    for (int i = from; i < there; i++) {
      if (Bytes.u8(segment, at + i) == 0) {
        return i + 1;
      }
    }
    return 0;
  }

  /** An address of 0.0.0.x stands for a name that follows. */
  private static boolean isNamed(MemorySegment segment, long at) {
    long address = Bytes.u32(segment, at + 4);
    return address > 0 && address <= 0xFF;
  }

  /**
   * A message that is whole.
   *
   * @param taken bytes of this call up to its end
   */
  private void take(
      Report report, boolean toServer, MemorySegment segment, long at, int length, int taken) {
    int first = Bytes.u8(segment, at);
    if (!toServer) {
      answer(report, segment, at, first, taken);
    } else if (greeted) {
      if (first == AUTHENTICATION) {
        int name = Bytes.u8(segment, at + 1);
        facts.userName = text(segment, at + 2, name);
        facts.hasPassword = length > name + 3;
      } else {
        facts.command = Bytes.u8(segment, at + 1);
        facts.destination.address5(segment, at + 3);
        request(report);
      }
    } else if (first == SocksProtocol.VERSION_4) {
      request4(report, segment, at, length);
    } else {
      greeted = true;
      facts.version = SocksProtocol.VERSION_5;
    }
  }

  private void request4(Report report, MemorySegment segment, long at, int length) {
    facts.version = SocksProtocol.VERSION_4;
    facts.command = Bytes.u8(segment, at + 1);
    facts.destination.port(Bytes.u16(segment, at + 2));
    int name = afterZero(segment, at, 8, length);
    if (name > 9) {
      facts.userName = text(segment, at + 8, name - 9);
    }
    if (isNamed(segment, at)) {
      facts.destination.name(segment, at + name, length - name - 1);
    } else {
      facts.destination.ipv4(Bytes.u32(segment, at + 4));
    }
    greeted = true;
    request(report);
  }

  private static byte[] text(MemorySegment segment, long at, int length) {
    return segment.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private void request(Report report) {
    requested = true;
    // The address that comes with UDP ASSOCIATE is the client's own (RFC 1928 §6).
    if (facts.command != SocksRequest.UDP_ASSOCIATE || facts.destination.ipVersion() == 0) {
      facts.destination.tell(report);
    }
  }

  private void answer(Report report, MemorySegment segment, long at, int first, int taken) {
    if (first == 0 && !chosen) {
      facts.version = SocksProtocol.VERSION_4;
      facts.bound.port(Bytes.u16(segment, at + 2));
      facts.bound.ipv4(Bytes.u32(segment, at + 4));
      reply(report, Bytes.u8(segment, at + 1), taken);
    } else if (first == AUTHENTICATION) {
      if (Bytes.u8(segment, at + 1) != 0) {
        report.oddity("socks_user_refused");
      }
    } else if (!chosen) {
      chosen = true;
      facts.version = SocksProtocol.VERSION_5;
      facts.method = Bytes.u8(segment, at + 1);
      if (facts.method != 0 && facts.method != USER_PASSWORD) {
        tell(report); // What follows has a form of its own, or nothing follows.
        leave(report, taken);
      }
    } else {
      facts.bound.address5(segment, at + 3);
      reply(report, Bytes.u8(segment, at + 1), taken);
    }
  }

  private void reply(Report report, int code, int taken) {
    facts.reply = code;
    tell(report);
    boolean granted = facts.isGranted();
    if (granted && facts.command == SocksRequest.BIND && !bound) {
      bound = true; // Another reply tells when somebody has connected.
      return;
    }
    if (granted && facts.command == SocksRequest.UDP_ASSOCIATE) {
      expectDatagrams(report);
    } else if (granted) {
      handOver(report, taken);
      return;
    }
    leave(report, taken);
  }

  /** Nothing is agreed; but whoever said more ahead may have been told otherwise by other means. */
  private void leave(Report report, int taken) {
    if (ahead.length() > 0) {
      handOver(report, taken);
    }
    end();
  }

  /** The address of the proxy is often left out: then it is the one that the client knows. */
  private void expectDatagrams(Report report) {
    SocksRequest relay = facts.bound;
    if (relay.ipVersion() == 0) {
      return;
    }
    SocksRelay note = new SocksRelay(relay.port());
    if (relay.isUnspecified()) {
      FlowSnapshot flow = report.flow();
      report.expect(
          SocksProvider.WORD,
          flow.ipVersion(),
          flow.serverHigh(),
          flow.serverLow(),
          relay.port(),
          note);
    } else {
      report.expect(
          SocksProvider.WORD, relay.ipVersion(), relay.high(), relay.low(), relay.port(), note);
    }
  }

  /** No message's beginning is known behind it; the reply to a request may have been in it. */
  @Override
  public boolean gap(Report report, boolean toServer, long bytes) {
    tell(report);
    if (requested && facts.command == SocksRequest.CONNECT && !over) {
      handOver(report, 0);
    }
    end();
    return false;
  }

  @Override
  public void close(Report report) {
    tell(report);
    leave(report, 0);
  }

  private void tell(Report report) {
    if (!told && facts.version >= 0) {
      told = true;
      SocksEve.write(report, facts);
    }
  }

  private void violate(Report report) {
    report.violated("socks_message");
    told = true;
    end();
  }

  private void end() {
    over = true;
    fromClient.release();
    fromServer.release();
    ahead.release();
  }
}
