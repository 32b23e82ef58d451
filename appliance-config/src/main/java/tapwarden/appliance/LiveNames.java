package tapwarden.appliance;

import java.util.List;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.inspect.pipeline.SourceNames;

/** Frames from the wire are named by interface. */
record LiveNames(List<CaptureInterface> interfaces) implements SourceNames {
  LiveNames {
    interfaces = List.copyOf(interfaces);
  }

  @Override
  public Place of(int interfaceIndex) {
    String name =
        interfaceIndex >= 0 && interfaceIndex < interfaces.size()
            ? interfaces.get(interfaceIndex).name()
            : "";
    return new Place(true, name, 0);
  }

  @Override
  public Place ofNumber(long packetNumber) {
    return new Place(true, "", 0);
  }

  @Override
  public List<String> interfaceNames() {
    return interfaces.stream().map(CaptureInterface::name).toList();
  }
}
