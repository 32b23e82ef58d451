package tapwarden.inspect.codec.tls;

import tapwarden.inspect.wire.Bytes;

/**
 * Goes over all host names that a ClientHello gives the server, in their order: {@link #next} until
 * it is false. RFC 6066 §3 allows one; of more, or of a repeated extension, some servers take the
 * first and others the last. Reusable, no allocation; the work is linear in the hello.
 */
public final class HostNames {
  private static final int HOST_NAME = 0;
  private static final int LIST_LENGTH = 2;
  private static final int ENTRY_HEADER = 3;

  private final HelloExtensions extensions = new HelloExtensions();
  private byte[] bytes = {};
  private int next;
  private int end;
  private int offset;
  private int length;

  /** Starts before the first name of a hello that was parsed; valid as long as its bytes stay. */
  public HostNames of(ClientHello hello) {
    bytes = hello.bytes();
    next = 0;
    end = 0;
    if (hello.hasServerName()) {
      hello.extensions(extensions);
    } else {
      extensions.start(bytes, 0, 0);
    }
    return this;
  }

  /** Moves to the next name that is not empty; false behind the last. */
  public boolean next() {
    do {
      while (next + ENTRY_HEADER <= end) {
        int type = Bytes.u8(bytes, next);
        offset = next + ENTRY_HEADER;
        length = Bytes.u16(bytes, next + 1);
        next = offset + length;
        if (type == HOST_NAME && length > 0 && next <= end) {
          return true;
        }
      }
    } while (nextExtension());
    return false;
  }

  private boolean nextExtension() {
    while (extensions.next()) {
      if (extensions.type() == HelloExtensions.SERVER_NAME) {
        next = extensions.offset() + LIST_LENGTH;
        end = extensions.offset() + extensions.length();
        return true;
      }
    }
    return false;
  }

  /** Where the name starts in {@link ClientHello#bytes}. */
  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }
}
