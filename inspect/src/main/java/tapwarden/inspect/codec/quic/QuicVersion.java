package tapwarden.inspect.codec.quic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Version numbers of QUIC as they stand in long headers, and what follows from them. IETF: 1 (RFC
 * 9000), 2 (RFC 9369) and drafts 22 to 34, which are 0xFF000000 plus their number; mvfst, which is
 * 0xFACEB000 plus a number of its own. Google: four characters, {@code Q} and three digits with
 * Google's handshake, {@code T} with TLS.
 */
public final class QuicVersion {
  public static final int NEGOTIATION = 0;
  public static final int V1 = 1;
  public static final int V2 = 0x6B3343CF;

  /** Version 2 before it had its number. */
  static final int V2_DRAFT = 0x709A50C4;

  static final int Q050 = 0x51303530;
  private static final int T050 = 0x54303530;
  private static final int T051 = 0x54303531;

  private static final int DRAFT = 0xFF000000;
  private static final int FIRST_DRAFT = 22;
  private static final int LAST_DRAFT = 34;
  private static final int MVFST = 0xFACEB000;
  private static final int MVFST_MASK = 0xFFFFFF00;
  private static final int MVFST_OF_DRAFT_22 = 0xFACEB001;
  private static final int MVFST_OF_DRAFT_27 = 0xFACEB002;
  private static final int MVFST_EXPERIMENTAL = 0xFACEB00E;
  private static final int RESERVED = 0x0A0A0A0A;
  private static final int RESERVED_MASK = 0x0F0F0F0F;

  /** Google's first with long headers. */
  private static final int FIRST_WITH_LONG_HEADER = 44;

  /** Google's first whose hello is encrypted as an Initial packet. */
  private static final int FIRST_ENCRYPTED = 50;

  private static final int FIRST_WITH_LENGTHS = 49;

  private static final List<InitialSalt> OF_DRAFT_22 = List.of(InitialSalt.DRAFT_22);
  private static final List<InitialSalt> OF_DRAFT_23 = List.of(InitialSalt.DRAFT_23);
  private static final List<InitialSalt> OF_DRAFT_29 = List.of(InitialSalt.DRAFT_29);
  private static final List<InitialSalt> OF_V1 = List.of(InitialSalt.V1);
  private static final List<InitialSalt> OF_V2_DRAFT = List.of(InitialSalt.V2_DRAFT);
  private static final List<InitialSalt> OF_V2 = List.of(InitialSalt.V2);
  private static final List<InitialSalt> OF_Q050 = List.of(InitialSalt.Q050);
  private static final List<InitialSalt> OF_T050 = List.of(InitialSalt.T050);
  private static final List<InitialSalt> OF_T051 = List.of(InitialSalt.T051);
  private static final List<InitialSalt> OF_MVFST =
      List.of(InitialSalt.DRAFT_23, InitialSalt.DRAFT_29, InitialSalt.V1, InitialSalt.DRAFT_22);

  /** Whoever makes a version up takes the salt of the one that it is made from. */
  private static final List<InitialSalt> OF_OTHERS = List.of(InitialSalt.V1, InitialSalt.DRAFT_29);

  private QuicVersion() {}

  /** Salts by which the version's Initial packets may be protected, the likeliest first. */
  static List<InitialSalt> salts(int version) {
    return switch (version) {
      case V1 -> OF_V1;
      case V2 -> OF_V2;
      case V2_DRAFT -> OF_V2_DRAFT;
      case Q050 -> OF_Q050;
      case T050 -> OF_T050;
      case T051 -> OF_T051;
      case MVFST_OF_DRAFT_22 -> OF_DRAFT_22;
      case MVFST_OF_DRAFT_27, MVFST_EXPERIMENTAL -> OF_DRAFT_23;
      default -> isDraft(version) ? draftSalts(version & 0xFF) : otherSalts(version);
    };
  }

  private static List<InitialSalt> draftSalts(int draft) {
    return draft >= 33
        ? OF_V1
        : draft >= 29 ? OF_DRAFT_29 : draft >= 23 ? OF_DRAFT_23 : OF_DRAFT_22;
  }

  private static List<InitialSalt> otherSalts(int version) {
    return isMvfst(version) ? OF_MVFST : OF_OTHERS;
  }

  /** Whether it is one of those that this class names; others may be QUIC all the same. */
  public static boolean isKnown(int version) {
    return isIetf(version) || isGoogle(version);
  }

  private static boolean isIetf(int version) {
    return version == V1
        || version == V2
        || version == V2_DRAFT
        || isDraft(version)
        || isMvfst(version);
  }

  private static boolean isDraft(int version) {
    int number = version - DRAFT;
    return number >= FIRST_DRAFT && number <= LAST_DRAFT;
  }

  private static boolean isMvfst(int version) {
    return (version & MVFST_MASK) == MVFST;
  }

  /** Whether it exists only to be refused, so that negotiation stays possible (RFC 9000 §15). */
  public static boolean isReserved(int version) {
    return (version & RESERVED_MASK) == RESERVED;
  }

  /** Whether it is one of Google's, with its handshake or with TLS. */
  public static boolean isGoogle(int version) {
    return googleNumber(version) > 0;
  }

  /** Whether the handshake is Google's own: a CHLO instead of a ClientHello. */
  public static boolean hasGoogleHandshake(int version) {
    return version >>> 24 == 'Q' && isGoogle(version);
  }

  /** Google's, with the short public header that was before long ones. */
  static boolean hasPublicHeader(int version) {
    int number = googleNumber(version);
    return number > 0 && number < FIRST_WITH_LONG_HEADER;
  }

  /** Google's, with a long header and hellos in clear. */
  public static boolean hasClearLongHeader(int version) {
    int number = googleNumber(version);
    return number >= FIRST_WITH_LONG_HEADER && number < FIRST_WITH_LENGTHS;
  }

  /** Whether Initial packets are protected as IETF's. */
  public static boolean hasProtectedInitial(int version) {
    int number = googleNumber(version);
    return number == 0 || number >= FIRST_ENCRYPTED;
  }

  /** The number in the name of one of Google's versions; 0 for others. */
  static int googleNumber(int version) {
    int letter = version >>> 24;
    int zero = version >>> 16 & 0xFF;
    int tens = (version >>> 8 & 0xFF) - '0';
    int ones = (version & 0xFF) - '0';
    boolean named = (letter == 'Q' || letter == 'T') && zero == '0';
    if (!named || tens < 0 || tens > 9 || ones < 0 || ones > 9) {
      return 0;
    }
    int number = tens * 10 + ones;
    return letter == 'Q' || number >= FIRST_ENCRYPTED ? number : 0;
  }

  /** As EVE has it: Google's by name, others in hexadecimal without zeros before. */
  public static String eveName(int version) {
    if (!isGoogle(version)) {
      return Integer.toHexString(version);
    }
    char[] name = new char[4];
    for (int i = 0; i < name.length; i++) {
      name[i] = (char) (version >>> (24 - 8 * i) & 0xFF);
    }
    return new String(name);
  }

  /** The word that people use: {@code draft-29}, {@code mvfst}, ...; null if there is none. */
  public static @Nullable String word(int version) {
    if (isDraft(version)) {
      return "draft-" + (version & 0xFF);
    }
    return switch (version) {
      case V1 -> "v1";
      case V2 -> "v2";
      case V2_DRAFT -> "v2-draft";
      default ->
          isMvfst(version)
              ? "mvfst"
              : isGoogle(version) ? "gquic" : isReserved(version) ? "reserved" : null;
    };
  }
}
