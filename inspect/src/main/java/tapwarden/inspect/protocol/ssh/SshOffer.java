package tapwarden.inspect.protocol.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a side offers for the key exchange (RFC 4253 §7.1): ten lists of names, in the order of its
 * preference.
 */
final class SshOffer {
  static final int KEX = 0;
  static final int HOST_KEY = 1;
  static final int CIPHER_TO_SERVER = 2;
  static final int CIPHER_TO_CLIENT = 3;
  static final int MAC_TO_SERVER = 4;
  static final int MAC_TO_CLIENT = 5;
  static final int COMPRESSION_TO_SERVER = 6;
  static final int COMPRESSION_TO_CLIENT = 7;
  private static final int LISTS = 10;

  private static final int COOKIE_BYTES = 16;

  /** Bytes of a list in which a common name is looked for; real lists have a few hundred. */
  static final int MOST_COMPARED_BYTES = 4_096;

  private final byte[] lists;

  /** Where each list begins and, next to it, ends. */
  private final int[] bounds;

  private SshOffer(byte[] lists, int[] bounds) {
    this.lists = lists;
    this.bounds = bounds;
  }

  /**
   * @param message what follows the message's type, and padding
   * @return null if the lists do not fit into it
   */
  static @Nullable SshOffer parse(byte[] message, int length) {
    int[] bounds = new int[2 * LISTS];
    int at = COOKIE_BYTES;
    for (int i = 0; i < LISTS; i++) {
      if (at + Integer.BYTES > length) {
        return null;
      }
      int size =
          (message[at] & 0xFF) << 24
              | (message[at + 1] & 0xFF) << 16
              | (message[at + 2] & 0xFF) << 8
              | (message[at + 3] & 0xFF);
      at += Integer.BYTES;
      if (size < 0 || size > length - at) {
        return null;
      }
      bounds[2 * i] = at - COOKIE_BYTES;
      bounds[2 * i + 1] = at + size - COOKIE_BYTES;
      at += size;
    }
    return new SshOffer(Arrays.copyOfRange(message, COOKIE_BYTES, at), bounds);
  }

  /** Bytes of memory that it takes. */
  int bytes() {
    return lists.length;
  }

  byte[] array() {
    return lists;
  }

  int start(int list) {
    return bounds[2 * list];
  }

  int length(int list) {
    return bounds[2 * list + 1] - bounds[2 * list];
  }

  /**
   * What is chosen (RFC 4253 §7.1): the first name of the client's list that the server has too.
   *
   * @return null if there is none
   */
  static @Nullable String chosen(SshOffer client, SshOffer server, int list) {
    Set<String> offered = new HashSet<>(Arrays.asList(server.names(list)));
    for (String name : client.names(list)) {
      if (!name.isEmpty() && offered.contains(name)) {
        return name;
      }
    }
    return null;
  }

  private String[] names(int list) {
    int shown = Math.min(length(list), MOST_COMPARED_BYTES);
    return new String(lists, start(list), shown, StandardCharsets.ISO_8859_1).split(",", -1);
  }
}
