package tapwarden.inspect.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.capture.forge.Tcp.ACK;
import static tapwarden.capture.forge.Tcp.PSH;
import static tapwarden.capture.forge.Tcp.SYN;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.forge.Forge;
import tapwarden.capture.forge.Layer;
import tapwarden.capture.forge.Tcp;

/**
 * Segments in order of established flows, from the frame to the protocol's reader: a transfer in
 * HTTP whose body is hashed, or of which nothing is known.
 */
class InOrderAllocationTest {
  private static final int SEGMENTS = 8_000;
  private static final int BYTES = 100;
  private static final int WARM_UP = 6;
  private static final Layer OUT = Forge.ethernet("3c:52:82:5a:00:17", "00:1b:17:00:10:01");
  private static final Layer IN = Forge.ethernet("00:1b:17:00:10:01", "3c:52:82:5a:00:17");
  private static final Layer THERE = Forge.ipv4("10.80.2.17", "198.51.100.77");
  private static final Layer BACK = Forge.ipv4("198.51.100.77", "10.80.2.17");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final OneWorker worker = new OneWorker("all");

  private static Tcp tcp(int from, int to, int flags, long sequence, long acknowledgement) {
    return Forge.tcp(from, to).flags(flags).sequence(sequence).acknowledgement(acknowledgement);
  }

  /** Opens the connection, asks, and begins the answer; the next number back is 6,001. */
  private void begin(int port, String request, String head) {
    worker.frame(OUT, THERE, tcp(port, 80, SYN, 1_000, 0));
    worker.frame(IN, BACK, tcp(80, port, SYN | ACK, 5_000, 1_001));
    worker.frame(OUT, THERE, tcp(port, 80, PSH | ACK, 1_001, 5_001), Forge.payload(request));
    String first = head + "x".repeat(1_000 - head.length());
    worker.frame(
        IN, BACK, tcp(80, port, PSH | ACK, 5_001, 1_001 + request.length()), Forge.payload(first));
  }

  private static List<MemorySegment> body(int port, int acknowledged) {
    List<MemorySegment> frames = new ArrayList<>();
    byte[] part = "0123456789".repeat(BYTES / 10).getBytes(US_ASCII);
    for (int i = 0; i < SEGMENTS; i++) {
      Tcp tcp = tcp(80, port, ACK, 6_001 + (long) BYTES * i, acknowledged);
      frames.add(MemorySegment.ofArray(Forge.frame(IN, BACK, tcp, Forge.payload(part))));
    }
    return frames;
  }

  /** Bytes that are allocated for all segments of the last connection, but for its last one. */
  private long transfer(String request, String head) {
    long bytes = 0;
    for (int port = 40_000; port <= 40_000 + WARM_UP; port++) {
      begin(port, request, head);
      List<MemorySegment> frames = body(port, 1_001 + request.length());
      worker.deliver(event -> {});
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < SEGMENTS - 1; i++) {
        worker.bytes(frames.get(i));
      }
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
      worker.bytes(frames.getLast());
    }
    assertThat(worker.counters.sum(Counter.STREAMS_FOLLOWED)).isEqualTo(WARM_UP + 1);
    assertThat(worker.counters.sum(Counter.STREAM_BYTES_MISSING)).isZero();
    return bytes;
  }

  // 0 a segment; the compiler may still replace a frame or two of these methods.

  @Test
  void aSegmentOfABodyThatIsHashedAllocatesNothing() {
    String start = "HTTP/1.1 200 OK\r\nContent-Length: ";
    int length = 1_000 - start.length() - "123456\r\n\r\n".length() + SEGMENTS * BYTES;
    String request = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
    assertThat(transfer(request, start + length + "\r\n\r\n")).isLessThan(SEGMENTS);
    StringBuilder events = new StringBuilder();
    worker.deliver(event -> events.append(event.message == null ? event.line().toString() : ""));
    assertThat(events).contains("\"state\":\"CLOSED\"").contains("\"size\":" + length);
  }

  @Test
  void aSegmentOfWhatNobodyKnowsAllocatesNothing() {
    assertThat(transfer("\u0001\u0002 what is this", "\u0003\u0004 nobody knows"))
        .isLessThan(SEGMENTS);
  }
}
