package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.decode.Packet;
import tapwarden.inspect.equipment.TraitSeen;
import tapwarden.inspect.equipment.TraitWatch;
import tapwarden.inspect.flow.Flow;
import tapwarden.inspect.protocol.Side;

/** Sends what devices say of themselves to the inventory. */
final class DeviceTraits {
  private final TraitWatch watch;
  private final ProtocolReport.Worker worker;
  private final WorkerOutput output;

  DeviceTraits(TraitWatch watch, ProtocolReport.Worker worker, WorkerOutput output) {
    this.watch = watch;
    this.worker = worker;
    this.output = output;
  }

  /**
   * @param packet null at the end of a flow
   * @param flow null for a frame without IP
   */
  void trait(
      String trait,
      Side of,
      @Nullable Packet packet,
      @Nullable Flow flow,
      byte[] text,
      int start,
      int length) {
    // Asked first: what is not told must not be remembered as told.
    if (worker.saidTooMuch()) {
      return;
    }
    TraitSeen seen = null;
    if (of == Side.SENDING_DEVICE) {
      seen = packet == null ? null : watch.ofSender(trait, text, start, length, packet);
    } else if (flow != null) {
      boolean client = of == Side.CLIENT;
      seen =
          watch.ofAddress(
              trait,
              text,
              start,
              length,
              flow.ipVersion(),
              client ? flow.clientHigh() : flow.serverHigh(),
              client ? flow.clientLow() : flow.serverLow(),
              packet,
              flow.isUserPlane(),
              packet == null ? flow.lastNumber() : packet.number(),
              packet == null ? flow.lastNanos() : packet.timestampNanos());
    }
    if (seen != null) {
      output.sendUnhurried(worker.place(), worker.nextOrder(), seen);
    }
  }
}
