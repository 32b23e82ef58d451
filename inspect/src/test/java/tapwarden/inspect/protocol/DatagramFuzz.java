package tapwarden.inspect.protocol;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * What holds of every reader of datagrams, whatever they carry. An input is a row of datagrams,
 * each after two bytes: the highest bit says that it goes to the client, the rest its length.
 */
public final class DatagramFuzz {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MAX_DATAGRAMS = 64;
  private static final byte[] LEFT_BEHIND = new byte[4_096];

  static {
    Arrays.fill(LEFT_BEHIND, (byte) 0x41);
  }

  private DatagramFuzz() {}

  /** One datagram of an input. */
  public static byte[] seed(boolean toServer, byte[] payload) {
    int head = payload.length | (toServer ? 0 : 0x8000);
    return Datagrams.join(new byte[] {(byte) (head >>> 8), (byte) head}, payload);
  }

  /** Reads the input twice: what lies in the worker's arrays from before must not show. */
  public static void run(ProtocolProvider provider, int clientPort, int serverPort, byte[] input) {
    Datagrams clean = new Datagrams(provider, clientPort, serverPort);
    feed(clean, input);
    Datagrams used = new Datagrams(provider, clientPort, serverPort);
    used.recognise(LEFT_BEHIND);
    used.toServer(LEFT_BEHIND);
    used.close();
    used.forget();
    feed(used, input);
    equal(clean.events(), used.events());
    equal(clean.report.traits, used.report.traits);
    equal(clean.report.oddities, used.report.oddities);
    check(clean.memory.usedBytes() == 0, "memory is given back");
    Set<String> types = new HashSet<>(provider.eventTypes());
    for (String event : clean.events()) {
      check(types.contains(JSON.readTree(event).get("event_type").asString()), event);
      check(event.length() < 1 << 18, "an event of bounded length");
    }
  }

  private static void feed(Datagrams flow, byte[] input) {
    int at = 0;
    boolean more = true;
    for (int i = 0; more && i < MAX_DATAGRAMS && at + 2 <= input.length; i++) {
      int head = (input[at] & 0xFF) << 8 | (input[at + 1] & 0xFF);
      int end = Math.min(input.length, at + 2 + (head & 0x7FFF));
      byte[] payload = Arrays.copyOfRange(input, at + 2, end);
      boolean toServer = head < 0x8000;
      flow.recognise(toServer, payload);
      more = flow.datagram(toServer, payload, Datagrams.CLIENT_MAC);
      at = end;
    }
    flow.close();
  }

  private static void equal(List<String> expected, List<String> found) {
    check(expected.equals(found), expected + "\n" + found);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
