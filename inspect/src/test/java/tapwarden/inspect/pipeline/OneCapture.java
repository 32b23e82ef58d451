package tapwarden.inspect.pipeline;

import java.util.List;

/** All frames of a test come from one file. */
final class OneCapture implements SourceNames {
  @Override
  public Place of(int interfaceIndex) {
    return new Place(false, "x.pcap", 0);
  }

  @Override
  public Place ofNumber(long packetNumber) {
    return of(0);
  }

  @Override
  public List<String> interfaceNames() {
    return List.of();
  }
}
