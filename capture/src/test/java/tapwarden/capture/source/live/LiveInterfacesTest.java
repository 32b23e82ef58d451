package tapwarden.capture.source.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tapwarden.capture.packet.LinkType;

class LiveInterfacesTest {
  @BeforeAll
  static void needsLibpcap() {
    assumeTrue(LibPcap.isPresent(), "SKIPPED: libpcap is not installed");
  }

  @Test
  void listsEveryInterfaceThatTheSystemHasUp() throws Exception {
    List<String> names = LiveInterfaces.list().stream().map(LiveInterface::name).toList();
    assertThat(names)
        .containsAll(NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList())
        .contains("any");
  }

  @Test
  void describesTheLoopback() throws Exception {
    LiveInterface loopback =
        LiveInterfaces.list().stream().filter(LiveInterface::loopback).findFirst().orElseThrow();
    NetworkInterface system = NetworkInterface.getByName(loopback.name());
    assertThat(system.isLoopback()).isTrue();
    assertThat(loopback.up()).isEqualTo(system.isUp());
    assertThat(loopback.addresses()).contains("127.0.0.1").noneMatch(a -> a.contains("%"));
    assertThat(loopback.linkType()).isEqualTo(LinkType.ETHERNET);
    assertThat(loopback.wireless()).isFalse();
  }
}
