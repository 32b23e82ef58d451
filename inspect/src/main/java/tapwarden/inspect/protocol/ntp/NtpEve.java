package tapwarden.inspect.protocol.ntp;

import tapwarden.inspect.json.JsonWriter;
import tapwarden.inspect.protocol.TextBuilder;

/** The {@code ntp} object of EVE, and what it has no field for under {@code tapwarden.ntp}. */
final class NtpEve {
  private static final int MAX_TEXT = 1_024;
  private static final int REFERENCE_BYTES = 4;
  private static final int FRACTION_DIGITS = 6;
  private static final double FIXED_POINT = 65_536;
  private static final int LAST_CODE_STRATUM = 1;
  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
  private static final long ERA_SECONDS = 1L << 32;
  private static final long FIRST_HALF = 1L << 31;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final NtpMessage message;
  private final TextBuilder text;

  NtpEve(NtpMessage message, TextBuilder text) {
    this.message = message;
    this.text = text;
  }

  void write(JsonWriter json) {
    int mode = message.mode();
    json.name("ntp").beginObject().field("version", message.version()).field("mode", mode);
    boolean isTime = mode != NtpMessage.CONTROL && mode != NtpMessage.PRIVATE;
    if (isTime) {
      json.field("stratum", message.stratum());
      text.reset().putHex(message.bytes(), message.referenceStart(), REFERENCE_BYTES, ':');
      text.writeTo(json.name("reference_id"));
    }
    json.endObject();
    json.name("tapwarden").beginObject().name("ntp").beginObject();
    if (isTime) {
      writeTime(json);
    } else if (mode == NtpMessage.CONTROL) {
      writeControl(json);
    } else {
      writePrivate(json);
    }
    json.endObject().endObject();
  }

  private void writeTime(JsonWriter json) {
    json.field("leap", message.leap()).field("poll", message.poll());
    json.field("precision", message.precision());
    json.name("root_delay_seconds").value(message.rootDelay() / FIXED_POINT, FRACTION_DIGITS);
    json.name("root_dispersion_seconds")
        .value(message.rootDispersion() / FIXED_POINT, FRACTION_DIGITS);
    writeReference(json);
    if (message.transmitSeconds() != 0) {
      json.name("transmit_time").valueTimestamp(transmitNanos());
    }
    if (message.extensions() > 0) {
      json.field("extension_fields", message.extensions());
    }
    if (message.authenticatorBytes() > 0) {
      json.field("authenticator_bytes", message.authenticatorBytes());
      json.field("key_id", message.keyId());
    }
    if (message.hasOddTail()) {
      json.field("odd_tail", true);
    }
    json.field("length", message.length());
  }

  /** RFC 5905 §7.3: a code of up to four letters for strata 0 and 1, else most often an address. */
  private void writeReference(JsonWriter json) {
    if (message.reference() == 0) {
      return;
    }
    text.reset();
    if (message.stratum() > LAST_CODE_STRATUM) {
      text.putIpv4(message.reference());
    } else {
      byte[] bytes = message.bytes();
      int start = message.referenceStart();
      for (int i = start; i < start + REFERENCE_BYTES && bytes[i] != 0; i++) {
        if (bytes[i] <= ' ' || bytes[i] == 0x7F) {
          return;
        }
        text.put((char) bytes[i]);
      }
    }
    text.writeTo(json.name(message.isKissOfDeath() ? "kiss_code" : "reference"));
  }

  /** Times from 2036 on begin again at 0: RFC 5905 §6. */
  private long transmitNanos() {
    long seconds = message.transmitSeconds();
    long since1900 = seconds < FIRST_HALF ? seconds + ERA_SECONDS : seconds;
    long nanos = (message.transmitFraction() * NANOS_PER_SECOND) >>> 32;
    return (since1900 - SECONDS_1900_TO_1970) * NANOS_PER_SECOND + nanos;
  }

  private void writeControl(JsonWriter json) {
    json.field("operation", NtpWords.operation(message.operation()));
    json.field("response", message.isControlResponse());
    if (message.isControlError()) {
      json.field("error", message.status() >>> 8);
    }
    json.field("more", message.hasMoreControl());
    json.field("association", message.association());
    json.field("data_offset", message.dataOffset()).field("data_bytes", message.count());
    int shown = Math.min(message.dataBytes(), MAX_TEXT);
    if (shown > 0) {
      json.name("data").value(message.bytes(), NtpMessage.CONTROL_HEAD_BYTES, shown);
    }
  }

  private void writePrivate(JsonWriter json) {
    json.field("request", NtpWords.request(message.requestCode()));
    json.field("request_code", message.requestCode());
    json.field("implementation", message.implementation());
    json.field("response", message.isPrivateResponse());
    json.field("more", message.hasMorePrivate());
    json.field("authenticated", message.isPrivateAuthenticated());
    json.field("error", message.privateError());
    json.field("items", message.items()).field("item_bytes", message.itemBytes());
  }
}
