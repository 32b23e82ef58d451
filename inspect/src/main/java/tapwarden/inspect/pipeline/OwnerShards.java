package tapwarden.inspect.pipeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.capture.packet.Frame;
import tapwarden.capture.packet.FrameBatch;
import tapwarden.capture.ring.BatchPlanner;
import tapwarden.capture.ring.FrameHandler;
import tapwarden.inspect.decode.Layer;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.decode.PacketDecoder;
import tapwarden.inspect.equipment.EquipmentDirectory;
import tapwarden.inspect.equipment.IdentityTracker;
import tapwarden.inspect.equipment.Networks;
import tapwarden.inspect.flow.PacketClock;
import tapwarden.inspect.fragment.FragmentOptions;

/**
 * Gives each frame to the worker of whoever owns it, and puts between the frames what all workers
 * must learn at the same place: ticks of packet time, and what hardware addresses prove.
 *
 * <p>The owner is declared equipment (the lower index if both sides are), else the home side's
 * address (the lower if both are), else the conversation. It is taken from the innermost IP header
 * that is not subscribers' traffic in a user-plane tunnel, nor in a tunnel that crosses the border
 * (see {@link Carriers#shardLevel}). DNS belongs to the client, so that the names a client looked
 * up are where its contacts are. Nothing learnt moves a shard.
 */
final class OwnerShards implements BatchPlanner, Fragments.Out {
  // Sides of a packet.
  static final int NEITHER = 0;
  static final int SOURCE = 1;
  static final int DESTINATION = 2;

  private static final int DNS_PORT = 53;

  private final int workers;
  private final EquipmentDirectory directory;
  private final Networks networks;
  private final IdentityTracker identities;
  private final ShardHash hash;
  private final TickSchedule ticks;
  private final CounterBlock counters;
  private final InterfaceWatch interfaces;
  private final Carriers carriers;
  private final PacketDecoder decoder = new PacketDecoder();
  private final Packet[] packets = new Packet[FrameHandler.LOOK_AHEAD];
  private final boolean[] readable = new boolean[FrameHandler.LOOK_AHEAD];
  private final Frame frame = new Frame();
  private final Fragments fragments;

  // The frame at hand, for what its fragment makes whole.
  private @Nullable FrameBatch batch;
  private int batchIndex;

  OwnerShards(
      int workers,
      EquipmentDirectory directory,
      Networks networks,
      IdentityTracker identities,
      ShardHash hash,
      PacketClock clock,
      SourceNames sources,
      FragmentOptions fragmentOptions,
      long secret,
      CounterBlock counters) {
    fragments = new Fragments(fragmentOptions, secret, counters, this);
    interfaces = new InterfaceWatch(sources, identities::interfaces);
    Arrays.setAll(packets, place -> new Packet());
    this.workers = workers;
    this.counters = counters;
    this.directory = directory;
    this.networks = networks;
    carriers = new Carriers(directory, networks);
    this.identities = identities;
    this.hash = hash;
    ticks = new TickSchedule(clock, fragments::advance);
  }

  @Override
  public void plan(FrameBatch batch) {
    int size = batch.size();
    batch.beginAssignment(workers);
    for (int from = 0; from < size; from += FrameHandler.LOOK_AHEAD) {
      int count = Math.min(FrameHandler.LOOK_AHEAD, size - from);
      for (int place = 0; place < count; place++) {
        readable[place] = read(batch.frame(from + place, frame), place);
      }
      identities.fetch(count);
      for (int place = 0; place < count; place++) {
        ticks.frame(batch, from + place);
        batch.assign(from + place, readable[place] ? share(batch, from + place, place) : 0);
      }
    }
    ticks.batch(batch);
  }

  @Override
  public boolean planIdle(FrameBatch empty, long monotonicNanos) {
    empty.beginAssignment(workers);
    return ticks.silence(empty, monotonicNanos);
  }

  /** A frame that breaks the decoder breaks it in a worker too, which quarantines the frame. */
  private boolean read(Frame frame, int place) {
    try {
      decoder.decode(frame, packets[place]);
      identities.expect(place, packets[place]);
      return true;
    } catch (Throwable poison) {
      return false;
    }
  }

  /** A frame that cannot be shared out is the first worker's; the others must not suffer. */
  private int share(FrameBatch batch, int index, int place) {
    try {
      return plan(batch, index, place);
    } catch (Throwable problem) {
      counters.increment(Counter.FRAMES_NOT_SHARED);
      return 0;
    }
  }

  private int plan(FrameBatch batch, int index, int place) {
    Packet packet = packets[place];
    interfaces.see(packet.interfaceIndex());
    int facts = identities.observe(place, packet);
    for (int f = 0; f < facts; f++) {
      batch.addNotice(index, new Learnt(identities.fact(f), packet.number(), f));
    }
    batch.frame(index, frame);
    if (packet.has(Layer.FRAGMENT)) {
      this.batch = batch;
      batchIndex = index;
      fragments.take(frame, packet);
    }
    return workerOf(frame, packet);
  }

  @Override
  public void differ(Packet fragment, Frame carrying, int ipOffset, int level, int sequence) {
    tell(new Reassembled(0, sequence, new FrameCopy(carrying), ipOffset, null, false, level));
  }

  @Override
  public void whole(Packet whole, Frame carrying, int ipOffset, boolean chosen, int sequence) {
    FrameCopy copy = new FrameCopy(carrying);
    int worker = workerOf(carrying, whole);
    tell(new Reassembled(worker, sequence, copy, ipOffset, new FrameCopy(frame), chosen, 0));
  }

  /** Right behind the frame at hand. */
  private void tell(Reassembled message) {
    if (batch != null) {
      batch.addNotice(batchIndex + 1, message);
    }
  }

  private int workerOf(Frame carrying, Packet inner) {
    int level = Carriers.shardLevel(inner, carriers.levels(inner));
    Packet p = level < 2 ? inner : carriers.of(carrying, level);
    if (level == 1) {
      return workerOf(
          NEITHER,
          p.outerIpVersion(),
          p.outerSourceHigh(),
          p.outerSourceLow(),
          p.outerDestinationHigh(),
          p.outerDestinationLow());
    }
    if (p.ipVersion() == 0) {
      return 0;
    }
    return workerOf(
        level == 0 ? dnsClient(p.sourcePort(), p.destinationPort()) : NEITHER,
        p.ipVersion(),
        p.sourceHigh(),
        p.sourceLow(),
        p.destinationHigh(),
        p.destinationLow());
  }

  /** Which side of a message is the client if the ports are those of DNS. */
  static int dnsClient(int sourcePort, int destinationPort) {
    if ((sourcePort == DNS_PORT) == (destinationPort == DNS_PORT)) {
      return NEITHER;
    }
    return sourcePort == DNS_PORT ? DESTINATION : SOURCE;
  }

  private int workerOf(
      int dnsClient,
      int version,
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow) {
    int a = directory.byAddress(version, sourceHigh, sourceLow);
    int b = directory.byAddress(version, destinationHigh, destinationLow);
    boolean sourceHome = networks.isHome(version, sourceHigh, sourceLow);
    boolean destinationHome = networks.isHome(version, destinationHigh, destinationLow);
    if (dnsClient == DESTINATION && (b >= 0 || destinationHome)) {
      return ofOwner(b, version, destinationHigh, destinationLow);
    }
    if (dnsClient == SOURCE && (a >= 0 || sourceHome)) {
      return ofOwner(a, version, sourceHigh, sourceLow);
    }
    if (a >= 0 || b >= 0) {
      return hash.ofEquipment(a < 0 ? b : b < 0 ? a : Math.min(a, b), workers);
    }
    if (sourceHome && destinationHome) {
      int order = Long.compareUnsigned(sourceHigh, destinationHigh);
      order = order != 0 ? order : Long.compareUnsigned(sourceLow, destinationLow);
      destinationHome = order > 0;
      sourceHome = !destinationHome;
    }
    if (sourceHome) {
      return hash.ofAddress(version, sourceHigh, sourceLow, workers);
    }
    if (destinationHome) {
      return hash.ofAddress(version, destinationHigh, destinationLow, workers);
    }
    // Without ports: what is remembered of two addresses is remembered in one place.
    return hash.ofPair(version, sourceHigh, sourceLow, destinationHigh, destinationLow, workers);
  }

  private int ofOwner(int index, int version, long high, long low) {
    return index >= 0
        ? hash.ofEquipment(index, workers)
        : hash.ofAddress(version, high, low, workers);
  }
}
