package tapwarden.inspect.pipeline;

import org.jspecify.annotations.Nullable;
import tapwarden.inspect.sink.eve.PacketOrigin;

/** What sinks ask about the places of packets, answered by the source's names. */
record Origin(SourceNames sources) implements PacketOrigin {
  @Override
  public @Nullable String interfaceName(int interfaceIndex) {
    SourceNames.Place place = sources.of(interfaceIndex);
    return place.live() ? place.name() : null;
  }

  @Override
  public @Nullable String file(long packetNumber) {
    SourceNames.Place place = sources.ofNumber(packetNumber);
    return place.live() ? null : place.name();
  }

  @Override
  public long numberInFile(long packetNumber) {
    return packetNumber - sources.ofNumber(packetNumber).framesBefore();
  }
}
