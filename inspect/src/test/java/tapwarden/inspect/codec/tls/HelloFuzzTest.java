package tapwarden.inspect.codec.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

class HelloFuzzTest {
  private final ClientHello client = new ClientHello();
  private final ServerHello server = new ServerHello();
  private final Ja3 ja3 = new Ja3();
  private final Ja4 ja4 = new Ja4();

  /** The first byte chooses the form; a read out of bounds throws. */
  @FuzzTest
  void readsAnyClientHelloWithinBounds(byte[] data) {
    if (data.length == 0) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment body = copy(arena, data);
      int length = data.length - 1;
      boolean read =
          switch (data[0] & 3) {
            case 0 -> client.parseDtls(body, 0, length);
            case 1 -> client.parseSsl2(body, 0, length);
            default -> client.parse(body, 0, length);
          };
      if (read) {
        readAll();
      }
    }
  }

  private void readAll() {
    check(client.extensionCount() * 4 <= client.segment().byteSize(), "extensions inside");
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
      if (server.parse(body, 0, data.length - 1)) {
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
