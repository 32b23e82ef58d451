package tapwarden.inspect.codec.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

class HelloFuzzTest {
  private static final int SOIL = 64;

  private final ClientHello client = new ClientHello();
  private final ServerHello server = new ServerHello();
  private final Ja3 ja3 = new Ja3();
  private final Ja4 ja4 = new Ja4();

  /** Readers copy what they read: in these the bytes behind it are others than in those above. */
  private final ClientHello otherClient = new ClientHello();

  private final ServerHello otherServer = new ServerHello();

  /** The first byte chooses the form; a read out of bounds throws, or shows in a difference. */
  @FuzzTest
  void readsAnyClientHelloWithinBounds(byte[] data) {
    if (data.length == 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment body = copy(arena, data);
      int length = data.length - 1;
      client.parse(soil(length, 0), 0, length + SOIL);
      otherClient.parse(soil(length, 0xFF), 0, length + SOIL);
      boolean read = parse(client, data[0], body, length);
      check(read == parse(otherClient, data[0], body, length), "reads behind its end");
      if (read) {
        check(facts(client).equals(facts(otherClient)), "facts from behind its end");
        readAll();
      }
    }
  }

  /** Bytes that are no hello, and longer. */
  private static MemorySegment soil(int length, int octet) {
    byte[] bytes = new byte[length + SOIL];
    Arrays.fill(bytes, (byte) octet);
    return MemorySegment.ofArray(bytes);
  }

  private static boolean parse(ClientHello hello, int form, MemorySegment body, int length) {
    return switch (form & 3) {
      case 0 -> hello.parseDtls(body, 0, length);
      case 1 -> hello.parseSsl2(body, 0, length);
      default -> hello.parse(body, 0, length);
    };
  }

  private List<Object> facts(ClientHello hello) {
    List<Object> facts = new ArrayList<>();
    facts.add(hello.isWhole());
    facts.add(hello.hasEncryptedHello());
    facts.add(hello.offersResumption());
    facts.add(String.valueOf(hello.serverName()));
    facts.add(hello.protocols());
    facts.add(Arrays.toString(hello.keyShareGroups()));
    facts.add(Arrays.toString(hello.sessionId()));
    facts.add(String.valueOf(ja3.of(hello)));
    facts.add(String.valueOf(ja4.of(hello, Ja4.Transport.TCP)));
    return facts;
  }

  private List<Object> facts(ServerHello hello) {
    List<Object> facts = new ArrayList<>();
    facts.add(hello.isWhole());
    facts.add(hello.isRetryRequest());
    facts.add(hello.selectedVersion());
    facts.add(hello.keyShareGroup());
    facts.add(hello.sessionIdLength());
    facts.add(String.valueOf(hello.protocol()));
    facts.add(String.valueOf(ja3.of(hello)));
    return facts;
  }

  private void readAll() {
    check(client.extensionCount() * 4 <= client.bytes().length, "extensions inside");
    for (int i = 0; i < client.cipherCount(); i++) {
      client.cipher(i);
    }
    client.serverName();
    client.protocols();
    client.keyShareGroups();
    client.sessionId();
    client.offeredVersion();
    TlsVersion.name(client.version());
    Fingerprint fingerprint = ja3.of(client);
    check(fingerprint == null || fingerprint.text().length() <= Ja3.MOST_TEXT, "JA3 bounded");
    String name = ja4.of(client, Ja4.Transport.TCP);
    check(name == null || name.length() == 36, "JA4 of 36 characters");
  }

  @FuzzTest
  void readsAnyServerHelloWithinBounds(byte[] data) {
    if (data.length == 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment body = copy(arena, data);
      int length = data.length - 1;
      server.parse(soil(length, 0), 0, length + SOIL);
      otherServer.parse(soil(length, 0xFF), 0, length + SOIL);
      boolean read = server.parse(body, 0, length);
      check(read == otherServer.parse(body, 0, length), "reads behind its end");
      if (read) {
        check(facts(server).equals(facts(otherServer)), "facts from behind its end");
        server.protocol();
        server.echoes(new byte[server.sessionIdLength()]);
        TlsVersion.name(server.selectedVersion());
        @Nullable Fingerprint fingerprint = ja3.of(server);
        check(fingerprint == null || fingerprint.hash().length() == 32, "MD5");
      }
    }
  }

  /** All but the first byte, in a segment of exactly that size. */
  private static MemorySegment copy(Arena arena, byte[] data) {
    MemorySegment body = arena.allocate(Math.max(1, data.length - 1));
    MemorySegment.copy(data, 1, body, ValueLayout.JAVA_BYTE, 0, data.length - 1);
    return body;
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
