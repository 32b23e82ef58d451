package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Bytes;

/**
 * A ClientHello (RFC 8446 §4.1.2, RFC 6347 §4.2.1 with a cookie, RFC 5246 §E.2 in SSL 2's form),
 * read where it lies; reusable, filled without allocation by one of the {@code parse} methods,
 * valid as long as the bytes stay. What is returned as text or array is made on demand.
 *
 * <p>A hello that is cut or whose lengths contradict each other keeps what came before; {@link
 * #isWhole()} says so. Of an extension that is repeated the first counts, as servers that do not
 * refuse it take it. All extensions are gone over, however many there are.
 */
public final class ClientHello {
  static final int RANDOM_BYTES = 32;
  private static final int MOST_SESSION_ID = 32;
  private static final int HOST_NAME = 0;
  private static final int FIXED = 2 + RANDOM_BYTES + 1;

  private final WireList ciphers = new WireList(2);
  private final WireList compressions = new WireList(1);
  private final WireList groups = new WireList(2);
  private final WireList pointFormats = new WireList(1);
  private final WireList signatureAlgorithms = new WireList(2);
  private final WireList versions = new WireList(2);
  private final HelloExtensions scan = new HelloExtensions();
  private MemorySegment segment = MemorySegment.NULL;
  private int version;
  private boolean ssl2;
  private boolean whole;
  private long random;
  private long sessionId;
  private int sessionIdLength;
  private long extensions;
  private long extensionsEnd;
  private int extensionCount;

  private boolean serverNameSeen;
  private long serverName;
  private int serverNameLength;
  private boolean alpnSeen;
  private long alpn;
  private int alpnLength;
  private boolean keyShareSeen;
  private long keyShare;
  private int keyShareLength;
  private int ticketLength;
  private boolean preSharedKey;
  private boolean earlyData;
  private boolean encryptedHello;

  /**
   * Reads a hello of TLS or QUIC: the message's body of {@code length} bytes at {@code offset}.
   *
   * @return false if this is none; nothing may be asked then
   */
  public boolean parse(MemorySegment segment, long offset, int length) {
    return parse(segment, offset, length, false);
  }

  /** The same of DTLS, where a cookie stands before the cipher suites. */
  public boolean parseDtls(MemorySegment segment, long offset, int length) {
    return parse(segment, offset, length, true);
  }

  /** The same of SSL 2's CLIENT-HELLO; the body starts with the version. */
  public boolean parseSsl2(MemorySegment segment, long offset, int length) {
    clear(segment);
    if (length < 8) {
      return false;
    }
    int specs = Bytes.u16(segment, offset + 2);
    int id = Bytes.u16(segment, offset + 4);
    int challenge = Bytes.u16(segment, offset + 6);
    version = Bytes.u16(segment, offset);
    ssl2 = true;
    whole = specs + id + challenge == length - 8;
    sessionId = whole ? offset + 8 + specs : offset;
    sessionIdLength = whole ? id : 0;
    ciphers.set(segment, offset + 8, 0);
    return specs % 3 == 0
        && specs > 0
        && challenge <= RANDOM_BYTES
        && specs + id + challenge >= length - 8
        && (version == TlsVersion.SSL_2 || version >>> 8 == 3);
  }

  private boolean parse(MemorySegment of, long offset, int length, boolean dtls) {
    clear(of);
    if (length < FIXED) {
      return false;
    }
    long end = offset + length;
    version = Bytes.u16(of, offset);
    random = offset + 2;
    sessionIdLength = Bytes.u8(of, offset + 2 + RANDOM_BYTES);
    sessionId = offset + FIXED;
    long at = sessionId + sessionIdLength;
    boolean known = dtls ? TlsVersion.isDtls(version) : TlsVersion.isTls(version);
    if (!known || sessionIdLength > MOST_SESSION_ID || at >= end) {
      return false;
    }
    if (dtls) {
      at += 1L + Bytes.u8(of, at);
    }
    return at + 2 <= end && readBody(of, at, end);
  }

  private boolean readBody(MemorySegment of, long from, long end) {
    int cipherBytes = Bytes.u16(of, from);
    if ((cipherBytes & 1) != 0) {
      return false;
    }
    whole = ciphers.read(of, from, (int) Math.min(end - from, 2L + cipherBytes), 2);
    long at = from + 2 + cipherBytes;
    if (at >= end) {
      whole = false;
      return true;
    }
    int compressionBytes = Bytes.u8(of, at);
    whole &= compressions.read(of, at, (int) Math.min(end - at, 1L + compressionBytes), 1);
    at += 1L + compressionBytes;
    if (at + 2 > end) {
      // Before RFC 4366 a hello ends here.
      whole &= at == end;
      return true;
    }
    int extensionBytes = Bytes.u16(of, at);
    extensions = at + 2;
    extensionsEnd = Math.min(end, extensions + extensionBytes);
    whole &= extensions + extensionBytes == end;
    scan.start(of, extensions, extensionsEnd);
    while (scan.next()) {
      extensionCount++;
      whole &= readExtension(of, scan.offset(), scan.length());
    }
    whole &= scan.isAtEnd();
    return true;
  }

  private boolean readExtension(MemorySegment of, long at, int length) {
    switch (scan.type()) {
      case HelloExtensions.SERVER_NAME -> {
        return serverNameSeen || readServerName(of, at, length);
      }
      case HelloExtensions.SUPPORTED_GROUPS -> {
        return groups.count() > 0 || groups.read(of, at, length, 2);
      }
      case HelloExtensions.EC_POINT_FORMATS -> {
        return pointFormats.count() > 0 || pointFormats.read(of, at, length, 1);
      }
      case HelloExtensions.SIGNATURE_ALGORITHMS -> {
        return signatureAlgorithms.count() > 0 || signatureAlgorithms.read(of, at, length, 2);
      }
      case HelloExtensions.SUPPORTED_VERSIONS -> {
        return versions.count() > 0 || versions.read(of, at, length, 1);
      }
      case HelloExtensions.ALPN -> {
        if (!alpnSeen) {
          alpnSeen = true;
          alpn = at;
          alpnLength = length;
        }
      }
      case HelloExtensions.KEY_SHARE, HelloExtensions.OLD_KEY_SHARE -> {
        if (!keyShareSeen) {
          keyShareSeen = true;
          keyShare = at;
          keyShareLength = length;
        }
      }
      case HelloExtensions.SESSION_TICKET -> ticketLength = Math.max(ticketLength, length);
      case HelloExtensions.PRE_SHARED_KEY -> preSharedKey = true;
      case HelloExtensions.EARLY_DATA -> earlyData = true;
      case HelloExtensions.ENCRYPTED_CLIENT_HELLO ->
          encryptedHello |= length > 0 && Bytes.u8(of, at) == 0;
      default -> {}
    }
    return true;
  }

  /** RFC 6066 §3: a list of typed names, of which the first host name counts. */
  private boolean readServerName(MemorySegment of, long offset, int length) {
    serverNameSeen = true;
    long end = offset + length;
    if (length < 2) {
      // A server's answer is empty; a client's must not be.
      return length == 0;
    }
    long at = offset + 2;
    while (at + 3 <= end) {
      int bytes = Bytes.u16(of, at + 1);
      if (at + 3 + bytes > end) {
        return false;
      }
      if (Bytes.u8(of, at) == HOST_NAME) {
        serverName = at + 3;
        serverNameLength = bytes;
        return true;
      }
      at += 3L + bytes;
    }
    return at == end;
  }

  private void clear(MemorySegment of) {
    segment = of;
    ssl2 = false;
    whole = false;
    sessionIdLength = 0;
    extensions = 0;
    extensionsEnd = 0;
    extensionCount = 0;
    ciphers.clear();
    compressions.clear();
    groups.clear();
    pointFormats.clear();
    signatureAlgorithms.clear();
    versions.clear();
    serverNameSeen = false;
    serverNameLength = 0;
    alpnSeen = false;
    keyShareSeen = false;
    ticketLength = 0;
    preSharedKey = false;
    earlyData = false;
    encryptedHello = false;
  }

  public MemorySegment segment() {
    return segment;
  }

  /** The version field; TLS 1.3 says 1.2 there and the truth in {@link #offeredVersion}. */
  public int version() {
    return version;
  }

  /** Whether it came in SSL 2's form, without extensions, suites of two bytes, and fingerprints. */
  public boolean isSsl2() {
    return ssl2;
  }

  /** Whether all that the lengths announce was there and nothing else. */
  public boolean isWhole() {
    return whole;
  }

  /** Where the 32 random bytes start; not in SSL 2's form. */
  public long randomOffset() {
    return random;
  }

  public long sessionIdOffset() {
    return sessionId;
  }

  public int sessionIdLength() {
    return sessionIdLength;
  }

  /** A copy of the session identifier, to compare the server's with. */
  public byte[] sessionId() {
    return segment.asSlice(sessionId, sessionIdLength).toArray(ValueLayout.JAVA_BYTE);
  }

  public int cipherCount() {
    return ciphers.count();
  }

  /** Number of the cipher suite at {@code index}, GREASE included, as in all lists here. */
  public int cipher(int index) {
    return ciphers.get(index);
  }

  public int compressionCount() {
    return compressions.count();
  }

  public int compression(int index) {
    return compressions.get(index);
  }

  /** Whole extensions. */
  public int extensionCount() {
    return extensionCount;
  }

  /** Starts {@code cursor} at the first extension. */
  public HelloExtensions extensions(HelloExtensions cursor) {
    cursor.start(segment, extensions, extensionsEnd);
    return cursor;
  }

  public int groupCount() {
    return groups.count();
  }

  /** Number of a supported group (elliptic curve). */
  public int group(int index) {
    return groups.get(index);
  }

  public int pointFormatCount() {
    return pointFormats.count();
  }

  public int pointFormat(int index) {
    return pointFormats.get(index);
  }

  public int signatureAlgorithmCount() {
    return signatureAlgorithms.count();
  }

  public int signatureAlgorithm(int index) {
    return signatureAlgorithms.get(index);
  }

  public int supportedVersionCount() {
    return versions.count();
  }

  public int supportedVersion(int index) {
    return versions.get(index);
  }

  /**
   * The highest number in supported_versions without GREASE, or the version field if there is none.
   */
  public int offeredVersion() {
    int highest = 0;
    for (int i = 0; i < versions.count(); i++) {
      int offered = versions.get(i);
      if (!Grease.isGrease(offered)) {
        highest = Math.max(highest, offered);
      }
    }
    return highest == 0 ? version : highest;
  }

  /** Whether the server_name extension is there, whatever it holds. */
  public boolean hasServerName() {
    return serverNameSeen;
  }

  /** Where the host name starts; its length is 0 if there is none. */
  public long serverNameOffset() {
    return serverName;
  }

  public int serverNameLength() {
    return serverNameLength;
  }

  /** The host name, bytes outside printable ASCII as {@code \xNN}; null if there is none. */
  public @Nullable String serverName() {
    return serverNameLength == 0 ? null : WireNames.text(segment, serverName, serverNameLength);
  }

  /** Where the first protocol name of ALPN starts. */
  public long firstProtocolOffset() {
    return alpn + 3;
  }

  /** Bytes of the first protocol name of ALPN; 0 if there is none. */
  public int firstProtocolLength() {
    if (!alpnSeen || alpnLength < 3) {
      return 0;
    }
    int bytes = Bytes.u8(segment, alpn + 2);
    return bytes <= alpnLength - 3 ? bytes : 0;
  }

  /** Protocols offered by ALPN. */
  public List<String> protocols() {
    return alpnSeen ? WireNames.protocols(segment, alpn, alpnLength) : List.of();
  }

  /** Groups that the client sent a key of, in order. */
  public int[] keyShareGroups() {
    int[] shares = new int[Math.max(0, keyShareLength / 4)];
    int count = 0;
    long end = keyShare + keyShareLength;
    for (long at = keyShare + 2; keyShareSeen && at + 4 <= end; count++) {
      shares[count] = Bytes.u16(segment, at);
      at += 4L + Bytes.u16(segment, at + 2);
    }
    return Arrays.copyOf(shares, count);
  }

  /** Whether a session ticket is shown (RFC 5077), not merely asked for. */
  public boolean showsTicket() {
    return ticketLength > 0;
  }

  /** Whether a pre-shared key, mostly of an earlier session, is offered (RFC 8446 §4.2.11). */
  public boolean offersPreSharedKey() {
    return preSharedKey;
  }

  /** Whether an earlier session may be taken up: by its identifier, a ticket or a key. */
  public boolean offersResumption() {
    return preSharedKey || ticketLength > 0 || (sessionIdLength > 0 && versions.count() == 0);
  }

  public boolean hasEarlyData() {
    return earlyData;
  }

  /**
   * Whether the true hello is encrypted within (RFC 9849), or pretended to be: the name here is the
   * outer one, of the one who decrypts.
   */
  public boolean hasEncryptedHello() {
    return encryptedHello;
  }
}
