package tapwarden.inspect.protocol.known;

import tapwarden.inspect.protocol.Opening;
import tapwarden.inspect.protocol.Recognition;

/** Who is who, and who may what. */
public final class Directories {
  private Directories() {}

  private static Recognition said(long element) {
    return element == Ber.CUT ? Recognition.MORE : Recognition.NO;
  }

  /** Lightweight Directory Access Protocol (RFC 4511 §4), over UDP too (MS-ADTS §6.3.3). */
  public static final class Ldap extends KnownProtocol {
    private static final int BIND_REQUEST = 0x60;
    private static final int BIND_RESPONSE = 0x61;
    private static final int UNBIND = 0x42;
    private static final int SEARCH_REQUEST = 0x63;
    private static final int SEARCH_ENTRY = 0x64;
    private static final int SEARCH_DONE = 0x65;
    private static final int EXTENDED_REQUEST = 0x77;
    private static final int EXTENDED_RESPONSE = 0x78;
    private static final int EXTENDED_NAME = 0x80;
    private static final int MOST_VERSION = 3;

    public Ldap() {
      super("ldap", Carrier.BOTH, FirstBytes.of(Ber.SEQUENCE));
    }

    @Override
    Recognition look(Opening opening) {
      long message = Ber.element(opening, 0, Ber.SEQUENCE);
      if (message < 0) {
        return said(message);
      }
      long id = Ber.element(opening, Ber.start(message), Ber.INTEGER);
      if (id < 0) {
        return said(id);
      }
      if (Ber.length(id) < 1 || Ber.length(id) > 4 || Ber.end(id) >= Ber.end(message)) {
        return Recognition.NO;
      }
      long operation = Ber.any(opening, Ber.end(id));
      if (operation < 0) {
        return said(operation);
      }
      if (Ber.end(operation) > Ber.end(message) || opening.u8(Ber.start(id)) >= 0x80) {
        return Recognition.NO;
      }
      return operation(opening, opening.u8(Ber.end(id)), operation);
    }

    private static Recognition operation(Opening opening, int tag, long operation) {
      int at = Ber.start(operation);
      return switch (tag) {
        case BIND_REQUEST -> bind(opening, at);
        case BIND_RESPONSE, SEARCH_DONE, EXTENDED_RESPONSE -> result(opening, at);
        case SEARCH_REQUEST -> search(opening, at);
        case SEARCH_ENTRY -> entry(opening, at);
        case EXTENDED_REQUEST -> extended(opening, at);
        case UNBIND -> yesIf(Ber.length(operation) == 0);
        default -> Recognition.NO;
      };
    }

    /** Version, name, and how it is proven: simple [0] or SASL [3]. */
    private static Recognition bind(Opening opening, int at) {
      long version = Ber.element(opening, at, Ber.INTEGER);
      if (version < 0 || Ber.end(version) > opening.length()) {
        return version == Ber.BROKEN ? Recognition.NO : Recognition.MORE;
      }
      if (Ber.length(version) != 1
          || opening.u8(Ber.start(version)) < 1
          || opening.u8(Ber.start(version)) > MOST_VERSION) {
        return Recognition.NO;
      }
      long name = Ber.element(opening, Ber.end(version), Ber.OCTETS);
      return name < 0 ? said(name) : Recognition.YES;
    }

    private static Recognition result(Opening opening, int at) {
      long code = Ber.element(opening, at, Ber.ENUMERATED);
      if (code < 0) {
        return said(code);
      }
      if (Ber.length(code) != 1) {
        return Recognition.NO;
      }
      long name = Ber.element(opening, Ber.end(code), Ber.OCTETS);
      return name < 0 ? said(name) : Recognition.YES;
    }

    /** Base object, then scope and aliases, each of one byte. */
    private static Recognition search(Opening opening, int at) {
      long base = Ber.element(opening, at, Ber.OCTETS);
      if (base < 0) {
        return said(base);
      }
      long scope = Ber.element(opening, Ber.end(base), Ber.ENUMERATED);
      if (scope < 0) {
        return said(scope);
      }
      long aliases = Ber.element(opening, Ber.end(scope), Ber.ENUMERATED);
      if (aliases < 0) {
        return said(aliases);
      }
      return yesIf(Ber.length(scope) == 1 && Ber.length(aliases) == 1);
    }

    private static Recognition entry(Opening opening, int at) {
      long name = Ber.element(opening, at, Ber.OCTETS);
      if (name < 0) {
        return said(name);
      }
      long attributes = Ber.element(opening, Ber.end(name), Ber.SEQUENCE);
      return attributes < 0 ? said(attributes) : Recognition.YES;
    }

    /** What is asked for is an object identifier in digits. */
    private static Recognition extended(Opening opening, int at) {
      long name = Ber.element(opening, at, EXTENDED_NAME);
      if (name < 0) {
        return said(name);
      }
      int to = Math.min(Ber.end(name), opening.length());
      for (int i = Ber.start(name); i < to; i++) {
        if (!Lines.isDigit(opening.u8(i)) && opening.u8(i) != '.') {
          return Recognition.NO;
        }
      }
      return to < Ber.end(name) ? Recognition.MORE : yesIf(Ber.length(name) > 2);
    }
  }

  /**
   * Kerberos 5 (RFC 4120 §5.10, §7.2): an application tag, the version 5, the message type that is
   * the tag's number; over TCP behind four bytes of length.
   */
  public static final class Krb5 extends KnownProtocol {
    private static final int APPLICATION = 0x60;
    private static final int FIRST_FIELD = 0xA0;
    private static final int VERSION = 5;
    private static final int LENGTH_BYTES = 4;

    public Krb5() {
      super("krb5", Carrier.BOTH, FirstBytes.of(0x00, 0x7E).and(0x6A, 0x6F));
    }

    @Override
    Recognition look(Opening opening) {
      return message(opening, opening.isStream() ? LENGTH_BYTES : 0);
    }

    private static Recognition message(Opening opening, int at) {
      if (at > 0 && opening.u8(0) != 0) {
        return Recognition.NO;
      }
      if (opening.length() <= at) {
        return Recognition.MORE;
      }
      int type = opening.u8(at) - APPLICATION;
      if ((type < 10 || type > 15) && type != 30) {
        return Recognition.NO;
      }
      long message = Ber.any(opening, at);
      if (message < 0) {
        return said(message);
      }
      if (at > 0 && opening.u32(0) != Ber.end(message) - at) {
        return Recognition.NO;
      }
      long fields = Ber.element(opening, Ber.start(message), Ber.SEQUENCE);
      if (fields < 0) {
        return said(fields);
      }
      // Requests to the key centre number their fields from one.
      int first = type == 10 || type == 12 ? 1 : 0;
      Recognition version = number(opening, Ber.start(fields), FIRST_FIELD + first, VERSION);
      return version == Recognition.YES
          ? number(opening, Ber.start(fields) + 5, FIRST_FIELD + first + 1, type)
          : version;
    }

    /** A field that is an integer of one byte: five bytes in all. */
    private static Recognition number(Opening opening, int at, int tag, int value) {
      int[] wanted = {tag, 3, Ber.INTEGER, 1, value};
      for (int i = 0; i < wanted.length; i++) {
        if (at + i >= opening.length()) {
          return Recognition.MORE;
        }
        if (opening.u8(at + i) != wanted[i]) {
          return Recognition.NO;
        }
      }
      return Recognition.YES;
    }
  }

  /**
   * RADIUS (RFC 2865 §3, RFC 5176): a known code, the datagram's own length, and attributes that
   * end where it ends. Sure on its ports only, as little else of it is fixed.
   */
  public static final class Radius extends KnownProtocol {
    private static final int[] PORTS = {1812, 1813, 1645, 1646, 3799};
    private static final int HEAD_BYTES = 20;
    private static final int LONGEST = 4096;

    public Radius() {
      super("radius", Carrier.UDP, FirstBytes.of().and(1, 5).and(11, 13).and(40, 45));
    }

    @Override
    Recognition look(Opening opening) {
      int length = opening.length();
      if (length < HEAD_BYTES
          || length > LONGEST
          || !isCode(opening.u8(0))
          || opening.u16(2) != length) {
        return Recognition.NO;
      }
      int attributes = attributes(opening);
      if (attributes < 0) {
        return Recognition.NO;
      }
      boolean usual = likelyOn(opening, PORTS) == Recognition.LIKELY;
      if (attributes == 0) {
        return usual ? Recognition.LIKELY : Recognition.NO;
      }
      return usual ? Recognition.YES : Recognition.LIKELY;
    }

    private static boolean isCode(int code) {
      return (code >= 1 && code <= 5) || (code >= 11 && code <= 13) || (code >= 40 && code <= 45);
    }

    /** How many there are; -1 if they do not end where the datagram does. */
    private static int attributes(Opening opening) {
      int count = 0;
      int at = HEAD_BYTES;
      while (at + 2 <= opening.length() && opening.u8(at) != 0 && opening.u8(at + 1) >= 2) {
        at += opening.u8(at + 1);
        count++;
      }
      return at == opening.length() ? count : -1;
    }
  }
}
