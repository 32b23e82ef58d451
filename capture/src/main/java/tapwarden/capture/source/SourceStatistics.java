package tapwarden.capture.source;

/**
 * What a source itself knows about frames it did not deliver. All counts since it was opened.
 *
 * @param received frames that the kernel handed to the filter, dropped ones included; 0 for files
 * @param kernelDropped frames lost because the kernel's buffer was full
 * @param interfaceDropped frames lost by the interface or its driver
 * @param filtered frames that the BPF expression rejected, where the source can count them
 * @param damaged records with a readable header whose frame cannot be used
 */
public record SourceStatistics(
    long received, long kernelDropped, long interfaceDropped, long filtered, long damaged) {
  public static final SourceStatistics NONE = new SourceStatistics(0, 0, 0, 0, 0);

  /** Of a source whose frames are never damaged. */
  public SourceStatistics(long received, long kernelDropped, long interfaceDropped, long filtered) {
    this(received, kernelDropped, interfaceDropped, filtered, 0);
  }
}
