package tapwarden.capture.source.live;

/** Run in a process of its own: says why capture or filtering is not possible. */
public final class LiveProbe {
  private LiveProbe() {}

  /**
   * @param args {@code open} or {@code filter}
   */
  public static void main(String[] args) {
    try {
      if (args[0].equals("open")) {
        LiveSource.open(LiveOptions.of("lo")).close();
      } else {
        BpfFilter.compile("tcp", 1, 65_535);
      }
      System.out.println("possible");
    } catch (CaptureException failed) {
      System.out.println(failed.reason() + ": " + failed.getMessage());
    }
  }
}
