package tapwarden.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Proves that fuzz tests can fail here: that seeds are found, run, and their findings reported. */
class FuzzCanaryTest {
  @Test
  void aFindingInASeedFailsTheBuild() {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(CanaryFuzz.class)).build();
    LauncherFactory.create().execute(request, listener);
    assertThat(listener.getSummary().getFailures())
        .anySatisfy(
            failure -> assertThat(failure.getException()).hasMessageContaining("the canary sings"));
  }
}
