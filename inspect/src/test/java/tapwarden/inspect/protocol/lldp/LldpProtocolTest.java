package tapwarden.inspect.protocol.lldp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tapwarden.inspect.codec.discovery.Announcements;
import tapwarden.inspect.protocol.Datagrams;
import tapwarden.inspect.protocol.FrameFuzz;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LldpProtocolTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String HEAD = "0180C200000E 020000000001 88CC";

  /** Chassis by MAC, port by name, two minutes; then name, description, capabilities, address. */
  private static final String IDS = "02 07 04 020000000001  04 06 05 4769302F31  06 02 0078";

  private static final String REST =
      "0A 03 737731  0C 06 537769746368"
          + "0E 04 0014 0004  10 0C 05 01 0A000005 02 00000001 00  0000";

  private final FrameFuzz frames = new FrameFuzz(new LldpProvider());

  private static byte[] frame(String... elements) {
    return Datagrams.hex(HEAD, String.join("", elements));
  }

  @Test
  void tellsWhatADeviceSaysOfItself() {
    assertThat(frames.frame(frame(IDS, REST), 0)).isTrue();
    JsonNode lldp = JSON.readTree(frames.report.events.get(0)).at("/tapwarden/lldp");
    assertThat(lldp)
        .isEqualTo(
            JSON.readTree(
                """
                {"chassis_id": "02:00:00:00:00:01", "chassis_id_type": "mac",
                 "port_id": "Gi0/1", "port_id_type": "interface_name", "ttl": 120,
                 "system_name": "sw1", "system_description": "Switch",
                 "capabilities": ["bridge", "router"], "enabled_capabilities": ["bridge"],
                 "management_ip": "10.0.0.5"}
                """));
    assertThat(frames.report.traits)
        .containsExactly(
            "lldp-system-name SENDING_DEVICE sw1", "lldp-system-description SENDING_DEVICE Switch");
  }

  @Test
  void writesOneEventADeviceAndChange() {
    for (int i = 0; i < 10; i++) {
      frames.frame(frame(IDS, REST), 30 * i);
    }
    assertThat(frames.report.events).hasSize(1);
    frames.frame(frame(IDS, "0A 03 737732 0000"), 400);
    frames.frame(frame(IDS, "0A 03 737732 0000"), 430);
    assertThat(frames.report.events).hasSize(2);
    assertThat(frames.report.events.get(1)).contains("sw2");
    // What the event does not hold changes nothing: an element of the organisation 00-80-C2.
    frames.frame(frame(IDS, "0A 03 737732 FE 06 0080C2 01 0001 0000"), 460);
    assertThat(frames.report.events).hasSize(2);
    // Said anew after an hour's silence.
    frames.frame(frame(IDS, "0A 03 737732 0000"), 460 + 3_601);
    assertThat(frames.report.events).hasSize(3);
  }

  @Test
  void stopsTellingOfADeviceThatChangesAllTheTime() {
    for (int i = 0; i < 256; i++) {
      frames.frame(frame(IDS, "0A 01 ", Integer.toHexString(0x100 + i).substring(1), "0000"), i);
    }
    assertThat(frames.report.events).hasSize(Announcements.MOST_CHANGES);
    assertThat(frames.report.oddities).hasSize(256 - Announcements.MOST_CHANGES);
  }

  @Test
  void readsWhatIsWholeOfACutFrame() {
    byte[] whole = frame(IDS, REST);
    for (int length = 16; length < whole.length; length++) {
      frames.frame(java.util.Arrays.copyOf(whole, length), length);
    }
    assertThat(frames.report.traits)
        .allMatch(trait -> trait.endsWith(" sw1") || trait.endsWith(" Switch"));
    assertThat(frames.report.oddities).contains("lldp_element_cut");
  }

  @Test
  void leavesOutTheZerosThatFillATextUp() {
    frames.frame(frame(IDS, "0A 05 7377310000 0000"), 0);
    assertThat(frames.report.traits).containsExactly("lldp-system-name SENDING_DEVICE sw1");
    assertThat(frames.report.events.get(0)).contains("\"system_name\":\"sw1\"");
  }

  @Test
  void readsOnWithoutAChassis() {
    frames.frame(frame("0A 03 737731 0000"), 0);
    assertThat(frames.report.oddities).containsExactly("lldp_no_chassis_id");
    assertThat(frames.report.events).hasSize(1);
  }

  @Test
  void hearsOfNothingElse() {
    assertThat(
            frames.frame(
                Datagrams.hex("0180C2000000 020000000001 0026 424203", "00".repeat(40)), 0))
        .isFalse();
  }
}
