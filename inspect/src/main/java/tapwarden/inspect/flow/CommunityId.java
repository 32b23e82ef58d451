package tapwarden.inspect.flow;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import tapwarden.inspect.json.JsonWriter;

/**
 * Community ID version 1 with seed 0: a hash of the 5-tuple that many tools compute alike, so that
 * a flow here can be found there. SHA-1 over seed, lower endpoint, higher endpoint, protocol, zero
 * byte and, where the protocol has ports, both ports; written in Base64 after {@code "1:"}.
 *
 * <p>An instance is used by one thread.
 *
 * @see <a href="https://github.com/corelight/community-id-spec">Community ID specification</a>
 */
public final class CommunityId {
  /** Characters of every version 1 id: prefix and 20 bytes in Base64. */
  public static final int LENGTH = 30;

  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;

  private final MessageDigest sha1;
  private final byte[] input = new byte[40];
  private final byte[] digest = new byte[20];
  private final byte[] base64 = new byte[28];
  private final byte[] text = new byte[LENGTH];
  private int length;

  public CommunityId() {
    text[0] = '1';
    text[1] = ':';
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime must have SHA-1", e);
    }
  }

  /** Writes the id of the flow, {@code "1:LQU9qZlK+B5F3KDmev6m5PMibrg="}. */
  void write(JsonWriter json, FlowFacts flow) {
    compute(
        flow.ipVersion(),
        flow.clientHigh(),
        flow.clientLow(),
        flow.serverHigh(),
        flow.serverLow(),
        flow.protocol(),
        flow.clientPort(),
        flow.serverPort());
    json.value(text, 0, LENGTH);
  }

  /**
   * The id of a 5-tuple.
   *
   * @param clientPort for ICMP the type of the first message
   * @param serverPort for ICMP the type that answers it, or the code where nothing answers
   */
  public String of(
      int ipVersion,
      long clientHigh,
      long clientLow,
      long serverHigh,
      long serverLow,
      int protocol,
      int clientPort,
      int serverPort) {
    compute(
        ipVersion, clientHigh, clientLow, serverHigh, serverLow, protocol, clientPort, serverPort);
    return new String(text, StandardCharsets.US_ASCII);
  }

  private void compute(
      int ipVersion,
      long clientHigh,
      long clientLow,
      long serverHigh,
      long serverLow,
      int protocol,
      int clientPort,
      int serverPort) {
    boolean oneWay = IcmpPairs.isIcmp(protocol) && IcmpPairs.counterpart(protocol, clientPort) < 0;
    int order = Long.compareUnsigned(clientHigh, serverHigh);
    order = order != 0 ? order : Long.compareUnsigned(clientLow, serverLow);
    order = order != 0 ? order : Integer.compare(clientPort, serverPort);
    boolean clientFirst = oneWay || order <= 0;
    length = 2;
    putAddress(
        ipVersion, clientFirst ? clientHigh : serverHigh, clientFirst ? clientLow : serverLow);
    putAddress(
        ipVersion, clientFirst ? serverHigh : clientHigh, clientFirst ? serverLow : clientLow);
    input[length++] = (byte) protocol;
    input[length++] = 0;
    if (protocol == TCP || protocol == UDP || protocol == SCTP || IcmpPairs.isIcmp(protocol)) {
      put16(clientFirst ? clientPort : serverPort);
      put16(clientFirst ? serverPort : clientPort);
    }
    encode();
  }

  private void putAddress(int ipVersion, long high, long low) {
    if (ipVersion == 6) {
      put(high, 8);
      put(low, 8);
    } else {
      put(low, 4);
    }
  }

  private void put16(int port) {
    put(port, 2);
  }

  private void put(long bits, int octets) {
    for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
      input[length++] = (byte) (bits >>> shift);
    }
  }

  private void encode() {
    sha1.update(input, 0, length);
    try {
      sha1.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-1 must fit 20 bytes", e);
    }
    Base64.getEncoder().encode(digest, base64);
    System.arraycopy(base64, 0, text, LENGTH - base64.length, base64.length);
  }
}
