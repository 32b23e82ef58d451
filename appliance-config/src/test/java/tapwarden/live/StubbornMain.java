package tapwarden.live;

import java.time.Duration;
import tapwarden.appliance.ops.DrainOnExit;

/** A program whose session does not end however much it is asked to. */
final class StubbornMain {
  private StubbornMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    DrainOnExit drain = new DrainOnExit(Duration.ofSeconds(30));
    drain.install(System.out::println);
    drain.onStop(() -> System.out.println("asked to stop"));
    System.out.println("running");
    Thread.sleep(60_000);
  }
}
