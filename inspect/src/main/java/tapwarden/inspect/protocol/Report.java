package tapwarden.inspect.protocol;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.flow.FlowSnapshot;
import tapwarden.inspect.json.JsonWriter;

/**
 * Where an analyser says what it has found in the flow that it reads. Valid during the call that
 * handed it over. Names and facts are reported whether events are wanted or not.
 */
public interface Report {
  /** The packet that brought what is read now; null at the end of a flow that no packet ended. */
  @Nullable Packet packet();

  /** Packet time, in nanoseconds since 1970: of the packet, else of the flow's last. */
  long nanos();

  /** The flow as it stands; allocates. */
  FlowSnapshot flow();

  /** TCP flags seen so far in a direction, as in the header; 0 if nothing of it was seen. */
  int tcpFlags(boolean toServer);

  /** Whether events of that type are written at all. */
  boolean wants(String eventType);

  /**
   * Begins an event, with all that is common to events written; source and destination are client
   * and server. The caller writes the protocol's object, and perhaps {@code tx_id}, and {@link
   * #end}s it. Only if {@link #wants} says so.
   */
  JsonWriter begin(String eventType);

  /** The same with the source and destination of one direction. */
  JsonWriter begin(String eventType, boolean toServer);

  /** Sends the event that was begun. */
  void end(JsonWriter json);

  /**
   * What the client calls the server, or the server itself. The bytes are compared without regard
   * to case, a dot at the end is ignored, and anything that is no host name is left out.
   */
  void name(NameSource source, byte[] text, int start, int length);

  /**
   * The same where it is an address: the one that a proxy is asked for, or the host of a request.
   *
   * @param port 0 if none is known
   */
  void address(NameSource source, int ipVersion, long high, long low, int port);

  /**
   * What a side says of the device that it is, such as its banner.
   *
   * @param trait what it is, as a word that names the protocol first: {@code ssh-banner}
   */
  void trait(String trait, Side of, byte[] text, int start, int length);

  /**
   * A flow that begins within a minute with an end at that address and port is of that protocol.
   *
   * @param protocol the word of one that is registered
   * @param note handed to the reader of that flow
   */
  void expect(String protocol, int ipVersion, long high, long low, int port, @Nullable Object note);

  /**
   * Both sides speak another protocol from here on, such as TLS after STARTTLS: what it is shows in
   * their next bytes. The reader hears no more but {@link StreamReader#close}.
   *
   * @param taken bytes of what was handed over in this call that still belong to this protocol
   */
  void handOver(int taken);

  /**
   * The same, if what follows began in earlier calls of this direction.
   *
   * @param before its first bytes, up to those of this call; few
   */
  void handOver(int taken, byte[] before);

  /**
   * The same, if a side has already said some of what follows, before the other had agreed. May
   * also be called when bytes are missing, and by {@link StreamReader#close}.
   *
   * @param toServer which side
   * @param ahead its bytes, before any of this call that are left
   */
  void handOverAhead(int taken, boolean toServer, byte[] ahead);

  /** Something that is unusual, or wrong but tolerated, such as a header of no name: counted. */
  void oddity(String what);

  /**
   * What was recognised is not the protocol after all, or is broken beyond reading: tells so once.
   * The reader should return false from then on.
   *
   * @param what went wrong, as a lower-case word with underscores
   */
  void violated(String what);

  /** The same for text that is anywhere in memory. */
  default void trait(String trait, Side of, MemorySegment segment, long offset, int length) {
    byte[] text = new byte[length];
    MemorySegment.copy(segment, java.lang.foreign.ValueLayout.JAVA_BYTE, offset, text, 0, length);
    trait(trait, of, text, 0, length);
  }
}
