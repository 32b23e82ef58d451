package tapwarden.inspect.codec.tls;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.wire.Bytes;

/**
 * A ClientHello (RFC 8446 §4.1.2, RFC 6347 §4.2.1 with a cookie, RFC 5246 §E.2 in SSL 2's form);
 * reusable, filled by one of the {@code parse} methods, without allocation unless it is longer than
 * any before. It is copied once, since its lists are gone over more than once: offsets are those in
 * {@link #bytes()}. What is returned as text or array is made on demand.
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

  /** Common hellos have below 2 KiB; those with keys of ML-KEM are the longest. */
  private static final int FIRST_BYTES = 2_048;

  private final WireList ciphers = new WireList(2);
  private final WireList compressions = new WireList(1);
  private final WireList groups = new WireList(2);
  private final WireList pointFormats = new WireList(1);
  private final WireList signatureAlgorithms = new WireList(2);
  private final WireList versions = new WireList(2);
  private final HelloExtensions scan = new HelloExtensions();
  private byte[] bytes = new byte[FIRST_BYTES];
  private int version;
  private boolean ssl2;
  private boolean whole;
  private int random;
  private int sessionId;
  private int sessionIdLength;
  private int extensions;
  private int extensionsEnd;
  private int extensionCount;

  private boolean serverNameSeen;
  private int serverName;
  private int serverNameLength;
  private boolean alpnSeen;
  private int alpn;
  private int alpnLength;
  private boolean keyShareSeen;
  private int keyShare;
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
    clear();
    if (length < 8) {
      return false;
    }
    copy(segment, offset, length);
    int specs = Bytes.u16(bytes, 2);
    int id = Bytes.u16(bytes, 4);
    int challenge = Bytes.u16(bytes, 6);
    version = Bytes.u16(bytes, 0);
    ssl2 = true;
    whole = specs + id + challenge == length - 8;
    sessionId = whole ? 8 + specs : 0;
    sessionIdLength = whole ? id : 0;
    ciphers.set(bytes, 8, 0);
    return specs % 3 == 0
        && specs > 0
        && challenge <= RANDOM_BYTES
        && specs + id + challenge >= length - 8
        && (version == TlsVersion.SSL_2 || version >>> 8 == 3);
  }

  private boolean parse(MemorySegment of, long offset, int length, boolean dtls) {
    clear();
    if (length < FIXED) {
      return false;
    }
    copy(of, offset, length);
    version = Bytes.u16(bytes, 0);
    random = 2;
    sessionIdLength = Bytes.u8(bytes, 2 + RANDOM_BYTES);
    sessionId = FIXED;
    int at = sessionId + sessionIdLength;
    boolean known = dtls ? TlsVersion.isDtls(version) : TlsVersion.isTls(version);
    if (!known || sessionIdLength > MOST_SESSION_ID || at >= length) {
      return false;
    }
    if (dtls) {
      at += 1 + Bytes.u8(bytes, at);
    }
    return at + 2 <= length && readBody(at, length);
  }

  private void copy(MemorySegment of, long offset, int length) {
    if (length > bytes.length) {
      bytes = new byte[Math.max(length, 2 * bytes.length)];
    }
    MemorySegment.copy(of, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
  }

  private boolean readBody(int from, int end) {
    int cipherBytes = Bytes.u16(bytes, from);
    if ((cipherBytes & 1) != 0) {
      return false;
    }
    whole = ciphers.read(bytes, from, Math.min(end - from, 2 + cipherBytes), 2);
    int at = from + 2 + cipherBytes;
    if (at >= end) {
      whole = false;
      return true;
    }
    int compressionBytes = Bytes.u8(bytes, at);
    whole &= compressions.read(bytes, at, Math.min(end - at, 1 + compressionBytes), 1);
    at += 1 + compressionBytes;
    if (at + 2 > end) {
      // Before RFC 4366 a hello ends here.
      whole &= at == end;
      return true;
    }
    int extensionBytes = Bytes.u16(bytes, at);
    extensions = at + 2;
    extensionsEnd = Math.min(end, extensions + extensionBytes);
    whole &= extensions + extensionBytes == end;
    scan.start(bytes, extensions, extensionsEnd);
    while (scan.next()) {
      extensionCount++;
      whole &= readExtension(scan.offset(), scan.length());
    }
    whole &= scan.isAtEnd();
    return true;
  }

  private boolean readExtension(int at, int length) {
    switch (scan.type()) {
      case HelloExtensions.SERVER_NAME -> {
        return serverNameSeen || readServerName(at, length);
      }
      case HelloExtensions.SUPPORTED_GROUPS -> {
        return groups.count() > 0 || groups.read(bytes, at, length, 2);
      }
      case HelloExtensions.EC_POINT_FORMATS -> {
        return pointFormats.count() > 0 || pointFormats.read(bytes, at, length, 1);
      }
      case HelloExtensions.SIGNATURE_ALGORITHMS -> {
        return signatureAlgorithms.count() > 0 || signatureAlgorithms.read(bytes, at, length, 2);
      }
      case HelloExtensions.SUPPORTED_VERSIONS -> {
        return versions.count() > 0 || versions.read(bytes, at, length, 1);
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
          encryptedHello |= length > 0 && Bytes.u8(bytes, at) == 0;
      default -> {}
    }
    return true;
  }

  /** RFC 6066 §3: a list of typed names; {@link HostNames} are all host names in it. */
  private boolean readServerName(int offset, int length) {
    serverNameSeen = true;
    int end = offset + length;
    if (length < 2) {
      // A server's answer is empty; a client's must not be.
      return length == 0;
    }
    int at = offset + 2;
    while (at + 3 <= end) {
      int nameBytes = Bytes.u16(bytes, at + 1);
      if (at + 3 + nameBytes > end) {
        return false;
      }
      if (Bytes.u8(bytes, at) == HOST_NAME) {
        serverName = at + 3;
        serverNameLength = nameBytes;
        return true;
      }
      at += 3 + nameBytes;
    }
    return at == end;
  }

  private void clear() {
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

  /** Holds the hello's body from its start on, until the next is parsed; longer than it. */
  public byte[] bytes() {
    return bytes;
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
  public int randomOffset() {
    return random;
  }

  public int sessionIdOffset() {
    return sessionId;
  }

  public int sessionIdLength() {
    return sessionIdLength;
  }

  /** A copy of the session identifier, to compare the server's with. */
  public byte[] sessionId() {
    return Arrays.copyOfRange(bytes, sessionId, sessionId + sessionIdLength);
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
    cursor.start(bytes, extensions, extensionsEnd);
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
  public int serverNameOffset() {
    return serverName;
  }

  public int serverNameLength() {
    return serverNameLength;
  }

  /** The host name, bytes outside printable ASCII as {@code \xNN}; null if there is none. */
  public @Nullable String serverName() {
    return serverNameLength == 0 ? null : WireNames.text(bytes, serverName, serverNameLength);
  }

  /** Where the first protocol name of ALPN starts. */
  public int firstProtocolOffset() {
    return alpn + 3;
  }

  /** Bytes of the first protocol name of ALPN; 0 if there is none. */
  public int firstProtocolLength() {
    if (!alpnSeen || alpnLength < 3) {
      return 0;
    }
    int nameBytes = Bytes.u8(bytes, alpn + 2);
    return nameBytes <= alpnLength - 3 ? nameBytes : 0;
  }

  /** Protocols offered by ALPN. */
  public List<String> protocols() {
    return alpnSeen ? WireNames.protocols(bytes, alpn, alpnLength) : List.of();
  }

  /** Groups that the client sent a key of, in order. */
  public int[] keyShareGroups() {
    int[] shares = new int[Math.max(0, keyShareLength / 4)];
    int count = 0;
    int end = keyShare + keyShareLength;
    for (int at = keyShare + 2; keyShareSeen && at + 4 <= end; count++) {
      shares[count] = Bytes.u16(bytes, at);
      at += 4 + Bytes.u16(bytes, at + 2);
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
