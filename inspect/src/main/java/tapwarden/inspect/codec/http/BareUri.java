package tapwarden.inspect.codec.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.json.JsonWriter;

/**
 * Writes text with addresses in it without the passwords that may stand in them: without the user
 * information before a host (RFC 3986 §3.2.1), and without what follows the colon behind the user
 * of a SIP address (RFC 3261 §19.1.1), whose user is who is called. Of what is no address, or
 * follows the host, nothing is left out. Read as those do who take passwords as they were typed:
 * the last at sign ends one, and slashes may stand in it. Linear in the text.
 */
public final class BareUri {
  private static final byte[] SIP = "sip:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIPS = "sips:".getBytes(StandardCharsets.US_ASCII);

  private BareUri() {}

  /** Writes a value, at most so many bytes of it. */
  public static void write(JsonWriter json, byte[] text, int start, int end, int most) {
    int length = copy(text, start, end, null);
    if (length == end - start) {
      json.value(text, start, Math.min(length, most));
      return;
    }
    byte[] bare = new byte[length];
    copy(text, start, end, bare);
    json.value(bare, 0, Math.min(length, most));
  }

  /** Copies what is to be told, if there is where to; returns how many bytes that is. */
  private static int copy(byte[] text, int start, int end, byte @Nullable [] bare) {
    int lastAt = end - 1;
    while (lastAt >= start && text[lastAt] != '@') {
      lastAt--;
    }
    int told = start;
    int length = 0;
    int at = start;
    while (at < lastAt) {
      int secret = at + 1;
      int next = secret;
      if (beginsAuthority(text, start, at, end)) {
        secret = skipSlashes(text, at, end);
        next = HostPort.hostStart(text, secret, end);
      } else if (isWordStart(text, start, at)) {
        int user = sipUser(text, at, end);
        if (user > at) {
          next = sipHost(text, user, end);
          secret = Math.min(next, Ascii.find(text, user, next, ':'));
        }
      }
      if (next > secret) {
        length = append(text, told, secret, bare, length);
        told = next;
      }
      at = next;
    }
    return append(text, told, end, bare, length);
  }

  private static int append(byte[] text, int from, int to, byte @Nullable [] bare, int length) {
    if (bare != null) {
      System.arraycopy(text, from, bare, length, to - from);
    }
    return length + to - from;
  }

  /** Two slashes, of either kind as browsers take them, at the start or behind a scheme. */
  private static boolean beginsAuthority(byte[] text, int start, int at, int end) {
    return HostPort.isSlash(text[at])
        && at + 1 < end
        && HostPort.isSlash(text[at + 1])
        && (at == start || text[at - 1] == ':');
  }

  private static int skipSlashes(byte[] text, int start, int end) {
    int at = start;
    while (at < end && HostPort.isSlash(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isWordStart(byte[] text, int start, int at) {
    return Ascii.lower(text[at]) == 's' && (at == start || !Ascii.isToken(text[at - 1]));
  }

  /** Behind the scheme of SIP; 0 if it is another. */
  private static int sipUser(byte[] text, int at, int end) {
    if (Ascii.begins(text, at, end, SIP)) {
      return at + SIP.length;
    }
    return Ascii.begins(text, at, end, SIPS) ? at + SIPS.length : 0;
  }

  /** Where the at sign behind the user is, or where the address ends. */
  private static int sipHost(byte[] text, int user, int end) {
    int at = user;
    while (at < end && text[at] != '@' && !HostPort.endsAddress(text[at])) {
      at++;
    }
    int next = at;
    while (next < end && (text[next] == '@' || Ascii.isToken(text[next]))) {
      at = text[next] == '@' ? next : at;
      next++;
    }
    return at;
  }
}
