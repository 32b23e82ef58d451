package tapwarden.inspect.protocol.http2;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tapwarden.inspect.codec.hpack.HpackDecoder;
import tapwarden.inspect.codec.hpack.HpackScratch;
import tapwarden.inspect.codec.message.PartialMessage;
import tapwarden.inspect.protocol.Report;
import tapwarden.inspect.stream.StreamMemory;
import tapwarden.inspect.wire.Bytes;

/**
 * One direction of a connection: frames (RFC 9113 §4.1), of which those with headers are read and
 * all others passed over. What is not whole in a segment is kept until it is; a block of headers
 * that is spread over frames, too.
 */
final class Http2Side {
  /** Longest frame with headers: a block, its padding and its priority. */
  static final int MOST_FRAME_BYTES = HpackDecoder.MOST_BLOCK_BYTES + 262;

  /** Most frames that go on with a block: a sender may end it never, with little in each. */
  static final int MOST_CONTINUATIONS = 64;

  private enum State {
    START,
    PREFACE,
    HEAD,
    PAYLOAD,
    REST,
    OVER
  }

  private final Http2Reader reader;
  private final boolean toServer;
  private final PartialMessage held;
  private final PartialMessage block;
  private final HpackDecoder decoder;
  private State state = State.START;
  private boolean begun;

  /** Of the frame at hand: bytes of its payload, or what is left of them to be passed over. */
  private int length;

  private int type;
  private int flags;
  private int stream;

  /** Stream of the block that is not whole; 0 if none is. */
  private int blockStream;

  private int continuations;

  Http2Side(Http2Reader reader, boolean toServer, StreamMemory memory, HpackScratch scratch) {
    this.reader = reader;
    this.toServer = toServer;
    held = new PartialMessage(memory);
    block = new PartialMessage(memory);
    decoder = new HpackDecoder(memory, scratch);
  }

  boolean isOver() {
    return state == State.OVER;
  }

  void end() {
    state = State.OVER;
    held.release();
    block.release();
    decoder.release();
  }

  void data(Report report, MemorySegment segment, long offset, int count) {
    long at = offset;
    long end = offset + count;
    while (at < end && state != State.OVER) {
      if (state == State.START) {
        boolean client = Bytes.u8(segment, at) == Http2Protocol.PREFACE[0];
        state = client ? State.PREFACE : State.HEAD;
      } else if (state == State.REST) {
        int some = (int) Math.min(length, end - at);
        length -= some;
        at += some;
        state = length == 0 ? State.HEAD : State.REST;
      } else {
        at += gather(report, segment, at, (int) Math.min(Integer.MAX_VALUE, end - at));
      }
    }
  }

  /** Takes what the state needs, or what there is of it; how many bytes that were. */
  private int gather(Report report, MemorySegment segment, long at, int there) {
    int needed =
        switch (state) {
          case PREFACE -> Http2Protocol.PREFACE.length;
          case HEAD -> Http2Frame.HEAD_BYTES;
          default -> length;
        };
    if (held.length() == 0 && there >= needed) {
      step(report, segment, at);
      return needed;
    }
    int some = Math.min(there, needed - held.length());
    if (!held.append(segment, at, some)) {
      give(report, "http2_no_memory");
    } else if (held.length() == needed) {
      MemorySegment whole = held.segment();
      held.release();
      step(report, whole, 0);
    }
    return some;
  }

  private void step(Report report, MemorySegment segment, long at) {
    switch (state) {
      case PREFACE -> preface(report, segment, at);
      case HEAD -> head(report, segment, at);
      default -> {
        state = State.HEAD;
        payload(report, segment, at);
      }
    }
  }

  private void preface(Report report, MemorySegment segment, long at) {
    state = State.HEAD;
    for (int i = 0; i < Http2Protocol.PREFACE.length; i++) {
      if (Bytes.u8(segment, at + i) != Http2Protocol.PREFACE[i]) {
        violate(report, "http2_preface");
        return;
      }
    }
  }

  private void head(Report report, MemorySegment segment, long at) {
    length = Bytes.u24(segment, at);
    type = Bytes.u8(segment, at + 3);
    flags = Bytes.u8(segment, at + 4);
    stream = Bytes.i32(segment, at + 5) & Integer.MAX_VALUE;
    String wrong = wrong();
    if (wrong != null) {
      violate(report, wrong);
      return;
    }
    begun = true;
    if (!isRead()) {
      state = length == 0 ? State.HEAD : State.REST;
    } else if (length > MOST_FRAME_BYTES) {
      give(report, "http2_long_headers");
    } else if (length == 0) {
      payload(report, MemorySegment.NULL, 0);
    } else {
      state = State.PAYLOAD;
    }
  }

  /** What is wrong with the head of a frame; null if nothing is. */
  private @Nullable String wrong() {
    if (!begun && (type != Http2Frame.SETTINGS || (flags & Http2Frame.ACK) != 0)) {
      return "http2_no_settings";
    }
    boolean goesOn = type == Http2Frame.CONTINUATION && stream == blockStream;
    if (blockStream != 0 ? !goesOn : type == Http2Frame.CONTINUATION) {
      return "http2_continuation";
    }
    return switch (type) {
      case Http2Frame.SETTINGS ->
          stream != 0 || length % Http2Frame.SETTING_BYTES != 0 ? "http2_settings" : null;
      case Http2Frame.HEADERS, Http2Frame.PUSH_PROMISE -> stream == 0 ? "http2_stream" : null;
      case Http2Frame.RST_STREAM ->
          stream == 0 || length != Http2Frame.ERROR_BYTES ? "http2_reset" : null;
      default -> null;
    };
  }

  private boolean isRead() {
    return switch (type) {
      case Http2Frame.HEADERS,
          Http2Frame.PUSH_PROMISE,
          Http2Frame.CONTINUATION,
          Http2Frame.RST_STREAM ->
          true;
      default -> false;
    };
  }

  private void payload(Report report, MemorySegment segment, long at) {
    switch (type) {
      case Http2Frame.RST_STREAM -> reader.reset(report, toServer, stream, Bytes.u32(segment, at));
      case Http2Frame.CONTINUATION -> {
        if (++continuations > MOST_CONTINUATIONS) {
          give(report, "http2_continuations");
        } else {
          fragment(report, segment, at, length);
        }
      }
      default -> headers(report, segment, at);
    }
  }

  /** The first fragment of a block, behind padding and priority or the promised stream. */
  private void headers(Report report, MemorySegment segment, long at) {
    boolean promises = type == Http2Frame.PUSH_PROMISE;
    int padding = 0;
    int from = 0;
    if ((flags & Http2Frame.PADDED) != 0 && length > 0) {
      padding = Bytes.u8(segment, at);
      from = 1;
    }
    int promised = from;
    if (promises) {
      from += Http2Frame.STREAM_BYTES;
    } else if ((flags & Http2Frame.PRIORITY) != 0) {
      from += Http2Frame.PRIORITY_BYTES;
    }
    if (from + padding > length) {
      violate(report, "http2_padding");
      return;
    }
    blockStream = stream;
    continuations = 0;
    reader.blockOf(
        toServer,
        promises ? Bytes.i32(segment, at + promised) & Integer.MAX_VALUE : stream,
        promises);
    fragment(report, segment, at + from, length - from - padding);
  }

  private void fragment(Report report, MemorySegment segment, long at, int count) {
    boolean whole = (flags & Http2Frame.END_HEADERS) != 0;
    if (whole && block.length() == 0) {
      decode(report, segment, at, count);
    } else if (block.length() + count > HpackDecoder.MOST_BLOCK_BYTES) {
      give(report, "http2_long_headers");
    } else if (count > 0 && !block.append(segment, at, count)) {
      give(report, "http2_no_memory");
    } else if (whole) {
      decode(report, block.segment(), 0, block.length());
      block.release();
    }
  }

  private void decode(Report report, MemorySegment segment, long at, int count) {
    blockStream = 0;
    Http2Head head = reader.head();
    head.clear();
    boolean good = decoder.decode(segment, at, count, head);
    String problem = decoder.problem();
    if (good) {
      reader.block(report, toServer);
    } else if (problem != null) {
      give(report, problem);
    }
  }

  /** Reads no further: what follows cannot be understood without what was given up. */
  private void give(Report report, String why) {
    report.oddity(why);
    end();
  }

  private void violate(Report report, String what) {
    report.violated(what);
    end();
  }
}
