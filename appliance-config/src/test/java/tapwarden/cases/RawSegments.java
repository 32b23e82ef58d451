package tapwarden.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tapwarden.capture.forge.ClientHello;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Host;
import tapwarden.capture.forge.Tcp;
import tapwarden.capture.forge.Traffic;

/**
 * TCP segments as a hostile sender makes them, from the words of a {@code raw} step: numbers and
 * flags as told, whatever was sent before.
 *
 * <pre>
 *   raw A:PORT B:PORT FLAGS SEQUENCE ACKNOWLEDGMENT [WORD=VALUE]...
 *
 *   FLAGS            letters of FSRPAU, or 0 for none
 *   text=TEXT        what is said; \r \n \s \xNN mean what they say
 *   hello=NAME       or a TLS ClientHello
 *   insert=AT:TEXT   more bytes within that
 *   from=N to=N      of all this only what lies between
 *   pieces=N         in segments of so many bytes,
 *   shuffled=SEED    each twice and in any order
 *   checksum=HEX urgent=POINTER window=N ttl=N md5=yes    of the headers
 * </pre>
 */
final class RawSegments {
  private static final String FLAGS = "FSRPAU";

  private final Traffic traffic;
  private final Host from;
  private final Host to;
  private final String[] words;

  RawSegments(Traffic traffic, Host from, Host to, String[] words) {
    this.traffic = traffic;
    this.from = from;
    this.to = to;
    this.words = words;
  }

  void send(int fromPort, int toPort) {
    byte[] payload = payload();
    long sequence = Long.decode(words[4]);
    int size = Integer.parseInt(word("pieces", String.valueOf(Math.max(1, payload.length))));
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at == 0 || at < payload.length; at += size) {
      places.add(at);
    }
    String seed = word("shuffled", "");
    if (!seed.isEmpty()) {
      places.addAll(List.copyOf(places));
      Collections.shuffle(places, new Random(Long.parseLong(seed)));
    }
    for (int at : places) {
      byte[] piece = Arrays.copyOfRange(payload, at, Math.min(payload.length, at + size));
      traffic.frame(
          Forge.ethernet(from.mac(), to.mac()),
          Forge.ipv4(from.address(), to.address()).timeToLive(Integer.parseInt(word("ttl", "64"))),
          header(Forge.tcp(fromPort, toPort).sequence((sequence + at) & 0xFFFF_FFFFL)),
          Forge.payload(piece));
    }
  }

  private Tcp header(Tcp tcp) {
    int flags = 0;
    for (char letter : words[3].toCharArray()) {
      flags |= letter == '0' ? 0 : 1 << FLAGS.indexOf(letter);
    }
    tcp.flags(flags).acknowledgement(Long.decode(words[5]));
    tcp.window(Integer.parseInt(word("window", "65535")));
    tcp.urgentPointer(Integer.parseInt(word("urgent", "0")));
    if (!word("checksum", "").isEmpty()) {
      tcp.checksum(Integer.parseInt(word("checksum", ""), 16));
    }
    if (word("md5", "").equals("yes")) {
      byte[] signature = new byte[18];
      signature[0] = 19;
      signature[1] = 18;
      tcp.options(signature);
    }
    return tcp;
  }

  private byte[] payload() {
    String hello = word("hello", "");
    byte[] all = hello.isEmpty() ? ForgeScript.unescaped(word("text", "")) : ClientHello.of(hello);
    String insert = word("insert", "");
    if (!insert.isEmpty()) {
      int colon = insert.indexOf(':');
      int at = Integer.parseInt(insert.substring(0, colon));
      byte[] more = ForgeScript.unescaped(insert.substring(colon + 1));
      byte[] longer = Arrays.copyOf(all, all.length + more.length);
      System.arraycopy(all, at, longer, at + more.length, all.length - at);
      System.arraycopy(more, 0, longer, at, more.length);
      all = longer;
    }
    int until = Math.min(all.length, Integer.parseInt(word("to", String.valueOf(all.length))));
    return Arrays.copyOfRange(all, Integer.parseInt(word("from", "0")), until);
  }

  private String word(String name, String fallback) {
    for (int i = 6; i < words.length; i++) {
      if (words[i].startsWith(name + "=")) {
        return words[i].substring(name.length() + 1);
      }
    }
    return fallback;
  }
}
