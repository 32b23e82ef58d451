package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Bytes;

/**
 * A ServerHello or HelloRetryRequest of TLS or DTLS (RFC 8446 §4.1.3 and §4.1.4); reusable, filled
 * by {@link #parse}, without allocation unless it is longer than any before. It is copied once, as
 * a {@link ClientHello} is. One that is cut keeps what came before; {@link #isWhole()} says so.
 */
public final class ServerHello {
  private static final int RANDOM_BYTES = ClientHello.RANDOM_BYTES;
  private static final int MOST_SESSION_ID = 32;
  private static final int FIRST_BYTES = 512;

  /** Drafts 18 to 21 of TLS 1.3 had neither session identifier nor compression. */
  private static final int DRAFT_WITH_SESSION_ID = 0x7F16;

  /** RFC 8446 §4.1.3: SHA-256 of "HelloRetryRequest" in place of the random bytes. */
  private static final long[] RETRY = {
    0xCF21AD74E59A6111L, 0xBE1D8C021E65B891L, 0xC2A211167ABB8C5EL, 0x079E09E2C8A8339CL
  };

  private final HelloExtensions scan = new HelloExtensions();
  private byte[] bytes = new byte[FIRST_BYTES];
  private int version;
  private int selectedVersion;
  private boolean whole;
  private boolean retry;
  private int random;
  private int sessionId;
  private int sessionIdLength;
  private int cipher;
  private int compression;
  private int extensions;
  private int extensionsEnd;
  private int extensionCount;
  private int alpn;
  private int alpnLength;
  private int keyShareGroup;
  private boolean preSharedKey;
  private boolean ticket;

  /**
   * Reads the message's body of {@code length} bytes at {@code offset}.
   *
   * @return false if this is none; nothing may be asked then
   */
  public boolean parse(MemorySegment of, long offset, int length) {
    clear();
    if (length < 2 + RANDOM_BYTES + 2) {
      return false;
    }
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, 2 * bytes.length)];
    }
    MemorySegment.copy(of, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
    version = Bytes.u16(bytes, 0);
    selectedVersion = version;
    random = 2;
    if (!TlsVersion.isTls(version) && !TlsVersion.isDtls(version)) {
      return false;
    }
    boolean draft = TlsVersion.isDraft(version) && version < DRAFT_WITH_SESSION_ID;
    int at = random + RANDOM_BYTES;
    if (!draft) {
      sessionIdLength = Bytes.u8(bytes, at);
      sessionId = at + 1;
      at = sessionId + sessionIdLength;
    }
    int fixed = draft ? 2 : 3;
    if (sessionIdLength > MOST_SESSION_ID || at + fixed > length) {
      return false;
    }
    cipher = Bytes.u16(bytes, at);
    compression = draft ? 0 : Bytes.u8(bytes, at + 2);
    retry = isRetry();
    readExtensions(at + fixed, length);
    return true;
  }

  private boolean isRetry() {
    for (int i = 0; i < RETRY.length; i++) {
      if (Bytes.i64(bytes, random + 8 * i) != RETRY[i]) {
        return false;
      }
    }
    return true;
  }

  private void readExtensions(int at, int end) {
    if (at + 2 > end) {
      whole = at == end;
      return;
    }
    int extensionBytes = Bytes.u16(bytes, at);
    extensions = at + 2;
    extensionsEnd = Math.min(end, extensions + extensionBytes);
    whole = extensions + extensionBytes == end;
    scan.start(bytes, extensions, extensionsEnd);
    while (scan.next()) {
      extensionCount++;
      readExtension(scan.offset(), scan.length());
    }
    whole &= scan.isAtEnd();
  }

  private void readExtension(int at, int length) {
    switch (scan.type()) {
      case HelloExtensions.SUPPORTED_VERSIONS -> {
        if (length == 2) {
          selectedVersion = Bytes.u16(bytes, at);
        }
      }
      case HelloExtensions.ALPN -> {
        if (length > 3 && Bytes.u8(bytes, at + 2) <= length - 3) {
          alpn = at + 3;
          alpnLength = Bytes.u8(bytes, at + 2);
        }
      }
      case HelloExtensions.KEY_SHARE, HelloExtensions.OLD_KEY_SHARE ->
          keyShareGroup = length >= 2 ? Bytes.u16(bytes, at) : 0;
      case HelloExtensions.PRE_SHARED_KEY -> preSharedKey = true;
      case HelloExtensions.SESSION_TICKET -> ticket = true;
      default -> {}
    }
  }

  private void clear() {
    whole = false;
    retry = false;
    sessionIdLength = 0;
    extensions = 0;
    extensionsEnd = 0;
    extensionCount = 0;
    alpnLength = 0;
    keyShareGroup = 0;
    preSharedKey = false;
    ticket = false;
  }

  /** The version field; TLS 1.3 says 1.2 there. */
  public int version() {
    return version;
  }

  /** The version that is spoken from here on. */
  public int selectedVersion() {
    return selectedVersion;
  }

  public boolean isWhole() {
    return whole;
  }

  /** Whether another ClientHello is asked for (RFC 8446 §4.1.4). */
  public boolean isRetryRequest() {
    return retry;
  }

  public int sessionIdLength() {
    return sessionIdLength;
  }

  public int cipher() {
    return cipher;
  }

  public int compression() {
    return compression;
  }

  /** Whole extensions. */
  public int extensionCount() {
    return extensionCount;
  }

  /** Starts {@code cursor} at the first extension. */
  public HelloExtensions extensions(HelloExtensions cursor) {
    cursor.start(bytes, extensions, extensionsEnd);
    return cursor;
  }

  /** Protocol chosen by ALPN, escaped as a server name is; null if none is shown. */
  public @Nullable String protocol() {
    return alpnLength == 0 ? null : WireNames.text(bytes, alpn, alpnLength);
  }

  /** Group of the server's key, or the one that a retry asks for; 0 if there is none. */
  public int keyShareGroup() {
    return keyShareGroup;
  }

  /** Whether an offered pre-shared key was taken. */
  public boolean tookPreSharedKey() {
    return preSharedKey;
  }

  /** Whether a new session ticket will follow (RFC 5077 §3.2). */
  public boolean announcesTicket() {
    return ticket;
  }

  /**
   * Whether the session identifier of the client's hello came back: up to TLS 1.2 the session is
   * taken up.
   */
  public boolean echoes(byte[] clientSessionId) {
    return sessionIdLength > 0
        && Arrays.equals(
            bytes,
            sessionId,
            sessionId + sessionIdLength,
            clientSessionId,
            0,
            clientSessionId.length);
  }
}
