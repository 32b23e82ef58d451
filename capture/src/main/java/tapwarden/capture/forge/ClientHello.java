package tapwarden.capture.forge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A TLS 1.2 ClientHello that names a server, in one record (RFC 5246 §7.4.1.2, RFC 6066 §3). */
public final class ClientHello {
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int[] CIPHERS = {0xC02F, 0xC030, 0x009C};

  private ClientHello() {}

  /** The record's bytes. */
  public static byte[] of(String serverName) {
    byte[] name = serverName.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    u16(body, 0x0303);
    body.writeBytes(new byte[32]);
    body.write(0);
    u16(body, 2 * CIPHERS.length);
    for (int cipher : CIPHERS) {
      u16(body, cipher);
    }
    body.write(1);
    body.write(0);
    u16(body, 9 + name.length);
    u16(body, 0);
    u16(body, 5 + name.length);
    u16(body, 3 + name.length);
    body.write(0);
    u16(body, name.length);
    body.writeBytes(name);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.write(HANDSHAKE);
    u16(record, 0x0301);
    u16(record, 4 + body.size());
    record.write(CLIENT_HELLO);
    record.write(0);
    u16(record, body.size());
    record.writeBytes(body.toByteArray());
    return record.toByteArray();
  }

  private static void u16(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }
}
