package tapwarden.appliance;

import java.util.List;
import tapwarden.capture.source.CaptureInterface;
import tapwarden.capture.source.file.SequenceSource;
import tapwarden.inspect.pipeline.SourceNames;

/** Frames from capture files are named by file, and numbered within it. */
record FileNames(SequenceSource files) implements SourceNames {
  @Override
  public Place of(int interfaceIndex) {
    return new Place(false, files.path(interfaceIndex), files.framesBefore(interfaceIndex));
  }

  @Override
  public Place ofNumber(long packetNumber) {
    int index = files.interfaces().size() - 1;
    while (index > 0 && files.framesBefore(index) >= packetNumber) {
      index--;
    }
    return of(Math.max(index, 0));
  }

  @Override
  public List<String> interfaceNames() {
    return files.interfaces().stream().map(CaptureInterface::name).toList();
  }
}
