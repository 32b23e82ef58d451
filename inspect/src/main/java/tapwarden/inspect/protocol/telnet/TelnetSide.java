package tapwarden.inspect.protocol.telnet;

import tapwarden.inspect.json.JsonWriter;

/** What one side has said of each option, at last (RFC 1143 calls the states by these words). */
final class TelnetSide {
  private static final int BITS = Long.SIZE;

  /** A bit for each option below 64 that it will perform. */
  private long will;

  /** A bit for each that it wants the other one to perform. */
  private long wants;

  void take(int verb, int option) {
    if (option >= BITS) {
      return;
    }
    long bit = 1L << option;
    switch (verb) {
      case TelnetParser.WILL -> will |= bit;
      case TelnetParser.WONT -> will &= ~bit;
      case TelnetParser.DO -> wants |= bit;
      default -> wants &= ~bit;
    }
  }

  /** Writes the options that this side performs and the other side wants. */
  void writeAgreed(JsonWriter json, String name, TelnetSide other) {
    long agreed = will & other.wants;
    if (agreed == 0) {
      return;
    }
    json.name(name).beginArray();
    for (int option = 0; option < BITS; option++) {
      if ((agreed & 1L << option) != 0) {
        json.value(TelnetOption.name(option));
      }
    }
    json.endArray();
  }
}
