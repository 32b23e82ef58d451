package tapwarden.inspect.protocol.cdp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.FrameFuzz;
import tools.jackson.databind.json.JsonMapper;

class CdpProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String HEAD = "01000CCCCCCC 020000000001 0060 AAAA03 00000C 2000";

  /** Version 2, three minutes, a checksum that nobody looks at. */
  private static final String FIXED = "02 B4 BEEF";

  /** Lengths count the four bytes of type and length. */
  private static final String ELEMENTS =
      "0001 0006 5231"
          + "0002 0011 00000001 01 01 CC 0004 0A000002"
          + "0003 0009 4661302F31"
          + "0004 0008 00000029"
          + "0005 000A 494F5320 3135"
          + "0006 000E 636973636F20 32383131"
          + "000A 0006 0001"
          + "000B 0005 01";

  private final FrameFuzz frames = new FrameFuzz(new CdpProvider());

  @Test
  void tellsWhatADeviceSaysOfItself() {
    frames.frame(Datagrams.hex(HEAD, FIXED, ELEMENTS), 0);
    assertThat(JSON.readTree(frames.report.events.get(0)).at("/tapwarden/cdp"))
        .isEqualTo(
            JSON.readTree(
                """
                {"version": 2, "ttl": 180, "device_id": "R1", "port_id": "Fa0/1",
                 "platform": "cisco 2811", "software_version": "IOS 15",
                 "capabilities": ["router", "switch", "igmp"], "native_vlan": 1,
                 "duplex": "full", "address": "10.0.0.2"}
                """));
    assertThat(frames.report.traits)
        .containsExactly(
            "cdp-device-id SENDING_DEVICE R1",
            "cdp-platform SENDING_DEVICE cisco 2811",
            "cdp-version SENDING_DEVICE IOS 15");
  }

  @Test
  void writesOneEventADeviceAndChange() {
    for (int i = 0; i < 10; i++) {
      frames.frame(Datagrams.hex(HEAD, FIXED, ELEMENTS), 60 * i);
    }
    assertThat(frames.report.events).hasSize(1);
    frames.frame(Datagrams.hex(HEAD, FIXED, "0001 0006 5232"), 700);
    assertThat(frames.report.events).hasSize(2);
    // Another device that says the same.
    String other = HEAD.replace("020000000001", "020000000002");
    frames.frame(Datagrams.hex(other, FIXED, "0001 0006 5232"), 701);
    assertThat(frames.report.events).hasSize(3);
  }

  @Test
  void refusesAVersionThatDoesNotExist() {
    frames.frame(Datagrams.hex(HEAD, "03 B4 BEEF", ELEMENTS), 0);
    assertThat(frames.report.events).isEmpty();
    assertThat(frames.report.oddities).containsExactly("cdp_version");
  }

  @Test
  void takesNoMoreOfATextThanItsLimit() {
    frames.frame(Datagrams.hex(HEAD, FIXED, "0005 07D4", "41".repeat(2_000)), 0);
    assertThat(frames.report.traits)
        .containsExactly("cdp-version SENDING_DEVICE " + "A".repeat(CdpProtocol.MOST_TEXT));
  }
}
