package tapwarden.inspect.codec.tls;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tapwarden.inspect.wire.Bytes;

/**
 * An X.501 name as Suricata writes it, which rules compare with: attributes in the order of the
 * certificate, {@code C=US, O=Example, Inc., CN=www.example.com}, nothing escaped, several of one
 * level joined by {@code " + "}; types by their short names, others as numbers with dots.
 */
final class DistinguishedName {
  /** Attributes read; a name with more is cut there. */
  static final int MOST_ATTRIBUTES = 64;

  /** Characters of a name; a longer one is cut there. */
  static final int MOST_TEXT = 4_096;

  private static final int UTF8_STRING = 0x0C;
  private static final int NUMERIC_STRING = 0x12;
  private static final int PRINTABLE_STRING = 0x13;
  private static final int T61_STRING = 0x14;
  private static final int IA5_STRING = 0x16;
  private static final int VISIBLE_STRING = 0x1A;
  private static final int UNIVERSAL_STRING = 0x1C;
  private static final int BMP_STRING = 0x1E;

  private DistinguishedName() {}

  /** The name whose levels {@code levels} goes over. */
  static String text(DerReader levels) {
    StringBuilder text = new StringBuilder();
    int attributes = 0;
    while (levels.next(DerReader.SET)) {
      String separator = text.isEmpty() ? "" : ", ";
      DerReader level = levels.enter();
      while (level.next(DerReader.SEQUENCE)) {
        if (++attributes > MOST_ATTRIBUTES || text.length() > MOST_TEXT) {
          return cut(text);
        }
        text.append(separator);
        appendAttribute(text, level.enter());
        separator = " + ";
      }
    }
    return cut(text);
  }

  private static String cut(StringBuilder text) {
    return text.substring(0, Math.min(text.length(), MOST_TEXT));
  }

  private static void appendAttribute(StringBuilder text, DerReader attribute) {
    if (attribute.next(DerReader.OBJECT_IDENTIFIER)) {
      text.append(shortName(identifier(attribute)));
      if (attribute.next()) {
        text.append('=').append(value(attribute));
      }
    }
  }

  private static String shortName(String identifier) {
    return switch (identifier) {
      case "2.5.4.3" -> "CN";
      case "2.5.4.5" -> "serialNumber";
      case "2.5.4.6" -> "C";
      case "2.5.4.7" -> "L";
      case "2.5.4.8" -> "ST";
      case "2.5.4.9" -> "street";
      case "2.5.4.10" -> "O";
      case "2.5.4.11" -> "OU";
      case "1.2.840.113549.1.9.1" -> "Email";
      case "0.9.2342.19200300.100.1.1" -> "UID";
      case "0.9.2342.19200300.100.1.25" -> "DC";
      default -> identifier;
    };
  }

  /** An object identifier with dots (X.690 §8.19); arcs beyond 2^28 end it. */
  static String identifier(DerReader element) {
    StringBuilder text = new StringBuilder();
    long arc = 0;
    int arcBytes = 0;
    for (int i = 0; i < element.length() && text.length() < 128; i++) {
      int b = Bytes.u8(element.segment(), element.offset() + i);
      arc = arc << 7 | (b & 0x7F);
      if (++arcBytes > 4) {
        return text.append(".?").toString();
      }
      if (b < 0x80) {
        if (text.isEmpty()) {
          long root = Math.min(arc / 40, 2);
          text.append(root).append('.').append(arc - 40 * root);
        } else {
          text.append('.').append(arc);
        }
        arc = 0;
        arcBytes = 0;
      }
    }
    return text.toString();
  }

  /** A string of any type; the bytes of what is none in hexadecimal. */
  private static String value(DerReader element) {
    byte[] bytes = element.bytes(MOST_TEXT);
    return switch (element.tag()) {
      case UTF8_STRING, NUMERIC_STRING, PRINTABLE_STRING, T61_STRING, IA5_STRING, VISIBLE_STRING ->
          utf8(element, bytes);
      case BMP_STRING -> new String(bytes, StandardCharsets.UTF_16BE);
      case UNIVERSAL_STRING -> WireNames.text(element.segment(), element.offset(), bytes.length);
      default -> HexFormat.of().withUpperCase().formatHex(bytes);
    };
  }

  /** UTF-8, or, of what is none, printable ASCII and the rest as {@code \xNN}. */
  private static String utf8(DerReader element, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException other) {
      return WireNames.text(element.segment(), element.offset(), bytes.length);
    }
  }
}
