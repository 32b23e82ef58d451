package tapwarden.capture.source.file;

import java.lang.foreign.MemorySegment;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.source.CaptureInterface;

/**
 * Reads a classic pcap file (draft-ietf-opsawg-pcap): stamps in micro- or nanoseconds, either byte
 * order, versions 2.0 to 2.4. The format has no mark between records. Behind damage the reader
 * therefore goes on at the next place where {@link PcapRecords#CHAIN_RECORDS} believable records
 * follow each other with stamps within a day of the last good one; each byte is tried once and each
 * try looks at three headers at most.
 */
public final class PcapReader extends CaptureReader {
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  private final PcapRecords records;
  private final int unitNanos;
  private final int linkType;
  private final int interfaceIndex;

  /** Seconds of the last good record; 0 before it. */
  private int lastSeconds;

  PcapReader(CaptureInput input) throws CaptureFormatException {
    super(input);
    PcapHeader header = PcapHeader.read(input.name(), window);
    if (header.versionIsDamaged()) {
      damaged(
          PcapHeader.MINOR_VERSION_AT,
          Short.BYTES,
          "the file header says version 2.%d, which never was: read as version 2.4"
              .formatted(header.minorVersion()));
    }
    records = new PcapRecords(header);
    unitNanos = header.unitNanos();
    linkType = header.linkType();
    interfaceIndex =
        interfaces.add(
            new CaptureInterface(
                input.interfaceName(), linkType, Math.max(0, header.snapLengthBytes()), ""));
    if (interfaceIndex < 0) {
      throw new CaptureFormatException(
          input.name(),
          "is beyond the limit of %,d interfaces: read fewer captures at once"
              .formatted(InterfaceList.MAX_INTERFACES));
    }
  }

  @Override
  int walk(MemorySegment segment, int from, int to, FrameBatch batch, boolean inPlace) {
    int position = from;
    int near = lastSeconds;
    Stop why = Stop.FULL;
    while (!batch.isFull()) {
      if (to - position < PcapRecords.HEADER_BYTES) {
        neededBytes = PcapRecords.HEADER_BYTES;
        why = Stop.SHORT;
        break;
      }
      if (!records.isPlain(segment, position, near)) {
        why = Stop.ODD;
        break;
      }
      int captured = records.captured(segment, position);
      int length = PcapRecords.HEADER_BYTES + captured;
      if (length > to - position) {
        neededBytes = length;
        why = Stop.SHORT;
        break;
      }
      if (!add(batch, segment, position, captured, inPlace)) {
        break;
      }
      near = records.seconds(segment, position);
      position += length;
    }
    lastSeconds = near;
    return stopped(why, position);
  }

  private boolean add(
      FrameBatch batch, MemorySegment segment, int record, int captured, boolean inPlace) {
    long nanos =
        (records.seconds(segment, record) & 0xFFFF_FFFFL) * NANOS_A_SECOND
            + (long) records.saneFraction(segment, record) * unitNanos;
    int wire = wireLength(records.wire(segment, record));
    int frame = record + PcapRecords.HEADER_BYTES;
    if (inPlace) {
      batch.register(frame, captured, wire, nanos, linkType, interfaceIndex);
      return true;
    }
    return batch.append(segment, frame, captured, wire, nanos, linkType, interfaceIndex);
  }

  @Override
  void readOddRecord(FrameBatch batch) {
    if (!window.ensure(PcapRecords.HEADER_BYTES)) {
      endWithinHeader();
      return;
    }
    if (!records.isPossible(window.segment(), window.position())) {
      resynchronise();
      return;
    }
    int captured = records.captured(window.segment(), window.position());
    int length = PcapRecords.HEADER_BYTES + captured;
    if (!window.ensure(length)) {
      endWithinFrame(captured);
    } else if (!isFirst() && !records.mayEndAt(window, length)) {
      resynchronise();
    } else if (captured > FrameBatch.MAX_FRAME_BYTES) {
      damagedRecord(
          window.offset(),
          length,
          "the record claims a frame of %,d bytes, more than the limit of %,d"
              .formatted(captured, FrameBatch.MAX_FRAME_BYTES));
      window.skip(length);
    } else {
      addBelieved(batch, captured);
    }
  }

  /** True for a record with sane lengths that has none before it to be compared with. */
  private boolean isFirst() {
    return lastSeconds == 0 && records.hasPlainLengths(window.segment(), window.position());
  }

  private void addBelieved(FrameBatch batch, int captured) {
    add(batch, window.segment(), window.position(), captured, false);
    records.believed(captured);
    lastSeconds = records.seconds(window.segment(), window.position());
    window.skip(PcapRecords.HEADER_BYTES + captured);
  }

  private void endWithinHeader() {
    int rest = window.remaining();
    if (rest > 0) {
      damaged(
          window.offset(),
          rest,
          "the input ends after %d of the 16 bytes of a record header".formatted(rest));
      window.skip(rest);
    }
    finish();
  }

  /** The input is cut short, unless the length is wrong and records follow after all. */
  private void endWithinFrame(int captured) {
    long start = window.offset();
    int there = window.remaining() - PcapRecords.HEADER_BYTES;
    boolean found = seekChain();
    damagedRecord(
        start,
        window.offset() - start,
        found
            ? "the record claims a frame of %,d bytes, more than follow".formatted(captured)
            : "the input ends after %,d of the %,d bytes of a frame".formatted(there, captured));
  }

  private void resynchronise() {
    long start = window.offset();
    seekChain();
    damaged(start, window.offset() - start, "these bytes are no pcap records");
  }

  /** Skips at least a byte, up to the next believable chain of records or the end. */
  private boolean seekChain() {
    do {
      window.skip(1);
      if (!window.ensure(PcapRecords.HEADER_BYTES)) {
        window.skip(window.remaining());
        return false;
      }
    } while (!records.chainStarts(window, lastSeconds));
    return true;
  }

  /** A length that the file format gives as unsigned, as far as an int goes. */
  private static int wireLength(int unsigned) {
    return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
  }
}
