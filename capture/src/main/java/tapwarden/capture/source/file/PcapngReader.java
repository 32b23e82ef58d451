package tapwarden.capture.source.file;

import java.lang.foreign.MemorySegment;
import tapwarden.capture.packet.FrameBatch;

/**
 * Reads a pcapng file (draft-ietf-opsawg-pcapng): any number of sections, each with its byte order
 * and interfaces; enhanced, simple and obsolete packet blocks; all others are skipped. A simple
 * packet block bears no time and gets that of the packet before it. Behind damage the reader goes
 * on at the next block of a known type whose two lengths agree.
 */
public final class PcapngReader extends CaptureReader {
  private final PcapngBlocks blocks = new PcapngBlocks();
  private final PcapngSection section;

  /** True in a section of a version that is not understood: its blocks are passed over. */
  private boolean foreignSection;

  private long lastNanos;

  PcapngReader(CaptureInput input) throws CaptureFormatException {
    super(input);
    section = new PcapngSection(input, blocks);
    if (!window.ensure(PcapngSection.SHORTEST_HEADER_BYTES)) {
      throw new CaptureFormatException(
          input.name(),
          "ends after %d bytes, within its pcapng section header: nothing can be read of it"
              .formatted(window.remaining()));
    }
    if (PcapngBlocks.sectionOrder(window.segment(), window.position()) == 0) {
      throw new CaptureFormatException(
          input.name(), "has a damaged pcapng section header: its byte order cannot be told");
    }
    int major = PcapngSection.majorVersion(window);
    if (major != PcapngSection.MAJOR_VERSION) {
      throw new CaptureFormatException(
          input.name(),
          "is a pcapng file of version %d, but only version 1 is known: its header is damaged"
              .formatted(major));
    }
  }

  @Override
  int walk(MemorySegment segment, int from, int to, FrameBatch batch, boolean inPlace) {
    int position = from;
    while (!batch.isFull()) {
      if (to - position < PcapngBlocks.FRAME_AT) {
        neededBytes = PcapngBlocks.FRAME_AT;
        return stopped(
            to - position < 4 || isPacket(segment, position) ? Stop.SHORT : Stop.ODD, position);
      }
      int length = blocks.int32(segment, position + 4);
      if (!isPacket(segment, position)
          || length < PcapngBlocks.PACKET_OVERHEAD
          || length > PcapngBlocks.PLAIN_BLOCK_BYTES) {
        return stopped(Stop.ODD, position);
      }
      if (length > to - position) {
        neededBytes = length;
        return stopped(Stop.SHORT, position);
      }
      PcapngInterface source = section.find(blocks.int32(segment, position + 8));
      int captured = blocks.int32(segment, position + 20);
      if (source == null
          || (length & 3) != 0
          || captured < 0
          || captured > Math.min(FrameBatch.MAX_FRAME_BYTES, length - PcapngBlocks.PACKET_OVERHEAD)
          || blocks.int32(segment, position + length - 4) != length) {
        return stopped(Stop.ODD, position);
      }
      if (!add(batch, segment, position, captured, source, inPlace)) {
        break;
      }
      position += length;
    }
    return stopped(Stop.FULL, position);
  }

  private boolean isPacket(MemorySegment segment, int position) {
    return blocks.int32(segment, position) == PcapngWriter.ENHANCED_PACKET;
  }

  private boolean add(
      FrameBatch batch,
      MemorySegment segment,
      int block,
      int captured,
      PcapngInterface source,
      boolean inPlace) {
    long nanos = source.nanos(blocks.ticks(segment, block + 12));
    int wire = wireLength(blocks.int32(segment, block + 24));
    int frame = block + PcapngBlocks.FRAME_AT;
    if (inPlace) {
      batch.register(frame, captured, wire, nanos, source.linkType, source.index);
    } else if (!batch.append(
        segment, frame, captured, wire, nanos, source.linkType, source.index)) {
      return false;
    }
    lastNanos = nanos;
    return true;
  }

  @Override
  void readOddRecord(FrameBatch batch) {
    if (!window.ensure(PcapngBlocks.SHORTEST_BLOCK_BYTES)) {
      endWithin("a block header");
      return;
    }
    int order = PcapngBlocks.sectionOrder(window.segment(), window.position());
    if (order != 0) {
      blocks.swapped(order == 2);
    }
    int length = blocks.int32(window.segment(), window.position() + 4);
    if (!PcapngBlocks.isLength(length)) {
      resynchronise();
    } else if (!window.ensure(length)) {
      endWithinBlock(length);
    } else if (blocks.int32(window.segment(), window.position() + length - 4) != length) {
      resynchronise();
    } else {
      readWholeBlock(batch, length);
      window.skip(length);
    }
  }

  private void readWholeBlock(FrameBatch batch, int length) {
    MemorySegment bytes = window.segment();
    int type = blocks.int32(bytes, window.position());
    if (type == PcapngWriter.SECTION_HEADER) {
      startSection(length);
    } else if (!foreignSection) {
      switch (type) {
        case PcapngWriter.INTERFACE_DESCRIPTION -> readInterface(length);
        case PcapngWriter.ENHANCED_PACKET ->
            readPacket(batch, length, blocks.int32(bytes, window.position() + 8));
        case PcapngBlocks.PACKET ->
            readPacket(batch, length, blocks.int16(bytes, window.position() + 8));
        case PcapngBlocks.SIMPLE_PACKET -> readSimplePacket(batch, length);
        default -> {
          // Names, statistics, secrets, custom blocks: nothing that frames need.
        }
      }
    }
  }

  private void startSection(int length) {
    section.clear();
    foreignSection =
        length < PcapngSection.SHORTEST_HEADER_BYTES
            || PcapngSection.majorVersion(window) != PcapngSection.MAJOR_VERSION;
    if (foreignSection) {
      damaged(window.offset(), -1, "a pcapng section of an unknown version starts here");
    }
  }

  private void readInterface(int length) {
    String problem = section.add(window, length);
    if (problem != null) {
      damaged(window.offset(), length, problem);
    }
  }

  /** An enhanced packet block, or an obsolete one, which differs in the interface's field only. */
  private void readPacket(FrameBatch batch, int length, int interfaceId) {
    if (length < PcapngBlocks.PACKET_OVERHEAD) {
      damaged(window.offset(), length, "a packet block is too short for its fields");
      return;
    }
    int captured = blocks.int32(window.segment(), window.position() + 20);
    PcapngInterface source = section.find(interfaceId);
    if (source == null) {
      damagedRecord(
          window.offset(),
          length,
          "a packet names interface %d, which its section does not describe"
              .formatted(interfaceId & 0xFFFF_FFFFL));
    } else if (captured < 0 || captured > length - PcapngBlocks.PACKET_OVERHEAD) {
      damagedRecord(
          window.offset(),
          length,
          "a packet claims %,d bytes, more than its block has".formatted(captured & 0xFFFF_FFFFL));
    } else if (captured > FrameBatch.MAX_FRAME_BYTES) {
      damagedRecord(window.offset(), length, tooLong(captured));
    } else {
      add(batch, window.segment(), window.position(), captured, source, false);
    }
  }

  private void readSimplePacket(FrameBatch batch, int length) {
    PcapngInterface source = section.find(0);
    if (source == null || length < 16) {
      damagedRecord(
          window.offset(),
          length,
          source == null
              ? "a simple packet has no interface: its section describes none"
              : "a simple packet block is too short for its fields");
      return;
    }
    int wire = wireLength(blocks.int32(window.segment(), window.position() + 8));
    int captured = Math.min(wire, length - 16);
    captured = source.snapLengthBytes > 0 ? Math.min(captured, source.snapLengthBytes) : captured;
    if (captured > FrameBatch.MAX_FRAME_BYTES) {
      damagedRecord(window.offset(), length, tooLong(captured));
    } else {
      batch.append(
          window.segment(),
          window.position() + 12L,
          captured,
          wire,
          lastNanos,
          source.linkType,
          source.index);
    }
  }

  private static String tooLong(int captured) {
    return "a packet of %,d bytes is longer than the limit of %,d"
        .formatted(captured, FrameBatch.MAX_FRAME_BYTES);
  }

  private void endWithin(String what) {
    int rest = window.remaining();
    if (rest > 0) {
      damaged(window.offset(), rest, "the input ends after %d bytes of %s".formatted(rest, what));
      window.skip(rest);
    }
    finish();
  }

  /** The input is cut short, unless the length is wrong and blocks follow after all. */
  private void endWithinBlock(int length) {
    long start = window.offset();
    int there = window.remaining();
    boolean packet =
        blocks.int32(window.segment(), window.position()) == PcapngWriter.ENHANCED_PACKET
            && there >= PcapngBlocks.FRAME_AT;
    String why =
        seekBlock()
            ? "the block claims %,d bytes, more than follow".formatted(length)
            : "the input ends after %,d of the %,d bytes of a block".formatted(there, length);
    if (packet) {
      damagedRecord(start, window.offset() - start, why);
    } else {
      damaged(start, window.offset() - start, why);
    }
  }

  private void resynchronise() {
    long start = window.offset();
    seekBlock();
    damaged(start, window.offset() - start, "these bytes are no pcapng blocks");
  }

  /** Skips at least a byte, up to the next believable block or the end. */
  private boolean seekBlock() {
    do {
      window.skip(1);
      if (!window.ensure(PcapngBlocks.SHORTEST_BLOCK_BYTES)) {
        window.skip(window.remaining());
        return false;
      }
    } while (!blocks.blockStarts(window));
    return true;
  }

  /** A length that the file format gives as unsigned, as far as an int goes. */
  private static int wireLength(int unsigned) {
    return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
  }
}
