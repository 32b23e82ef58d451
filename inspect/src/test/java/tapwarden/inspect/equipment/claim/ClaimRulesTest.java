package tapwarden.inspect.equipment.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are made up in the form in which the vendors' own manuals show them. */
class ClaimRulesTest {
  private static String guesses(String trait, String text) {
    List<String> said = new ArrayList<>();
    for (Guess guess : ClaimRules.standard().guesses(trait, text)) {
      said.add(guess.kind().id() + "=" + guess.value());
    }
    return String.join(" ; ", said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snmp-sysdescr | Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 12.2(55)SE,"
            + " RELEASE SOFTWARE (fc2) | vendor=Cisco ; model=C2960 ; firmware=IOS 12.2(55)SE",
        "snmp-sysdescr | Cisco IOS Software [Everest], Catalyst L3 Switch Software (CAT3K-M), Version"
            + " 16.6.1, RELEASE | vendor=Cisco ; model=Catalyst L3 Switch ; firmware=IOS 16.6.1",
        "cdp-version | Cisco Nexus Operating System (NX-OS) Software | vendor=Cisco",
        "cdp-platform | cisco WS-C2960-24TT-L | vendor=Cisco ; model=WS-C2960-24TT-L ; role=switch",
        "snmp-sysdescr | RouterOS RB750Gr3 | vendor=MikroTik ; model=RB750Gr3 ; firmware=RouterOS ;"
            + " role=router",
        "lldp-system-description | MikroTik RouterOS 7.12 (stable) RB4011 | vendor=MikroTik ;"
            + " firmware=RouterOS 7.12 ; role=router",
        "ssh-banner | SSH-2.0-ROSSSH | vendor=MikroTik ; firmware=RouterOS ; role=router",
        "ssh-banner | SSH-2.0-HUAWEI-1.5 | vendor=Huawei ; firmware=VRP",
        "snmp-sysdescr | Huawei Versatile Routing Platform Software VRP (R) software, Version 5.170"
            + " (AR2200 V200R009C00) Copyright | vendor=Huawei ; model=AR2200 ; firmware=VRP 5.170",
        "snmp-sysdescr | ZXR10 ROS Version V4.8.11.01 ZXR10_5952E Software, Version 2.8.23 |"
            + " vendor=ZTE ; model=ZXR10 ROS ; firmware=ROS V4.8.11.01",
        "http-server | DNVRS-Webs | vendor=Hikvision ; software=DNVRS-Webs",
        "http-realm | DS-2CD2143G0-I | vendor=Hikvision ; model=DS-2CD2143G0-I ; role=camera",
        "rtsp-server | Dahua Rtsp Server | vendor=Dahua",
        "ssh-banner | SSH-2.0-dropbear_2019.78 | software=dropbear 2019.78",
        "ssh-banner | SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13 | firmware=Ubuntu ;"
            + " software=OpenSSH 9.6p1",
        "http-server | lighttpd/1.4.35 | software=lighttpd 1.4.35",
        "http-server | Boa/0.94.14rc21 | software=Boa 0.94.14rc21",
        "http-server | GoAhead-Webs | software=GoAhead",
        "dhcp-vendor-class | udhcp 1.24.2 | firmware=Linux ; software=udhcp 1.24.2",
        "dhcp-vendor-class | MSFT 5.0 | firmware=Windows",
        "dhcp-vendor-class | android-dhcp-13 | firmware=Android 13",
        "dhcp-vendor-class | dhcpcd-8.1.2:Linux-4.19.75-v7l+:armv7l:BCM2835 |"
            + " firmware=Linux 4.19.75-v7l+ ; software=dhcpcd 8.1.2",
        "dhcp-vendor-class | Cisco Systems, Inc. IP Phone CP-7945G | vendor=Cisco ; model=CP-7945G ;"
            + " role=phone",
        "upnp-server | Linux/3.10.14 UPnP/1.0 Portable SDK for UPnP devices/1.6.18 |"
            + " firmware=Linux 3.10.14 ; software=libupnp 1.6.18",
        "upnp-server | Linux UPnP/1.0 Huawei-ATP-IGD | vendor=Huawei ; firmware=Linux ; role=cpe",
        "tls-subject | C=CN, O=Hikvision, CN=192.168.1.64 | vendor=Hikvision",
        "snmp-sysdescr | Linux gate 4.14.78 #1 SMP mips | firmware=Linux 4.14.78",
        "snmp-sysdescr | Arista Networks EOS version 4.20.5F running on an Arista Networks DCS-7050 |"
            + " vendor=Arista ; model=DCS-7050 ; firmware=EOS 4.20.5F ; role=switch",
        "snmp-sysdescr | Siemens, SIMATIC S7, CPU-1200, HW: 2, FW: Version V.4.2.1, SN | vendor=Siemens"
            + " ; model=S7 ; firmware=V.4.2.1 ; role=plc",
      })
  void knowsWhatTheDeviceIs(String trait, String text, String expected) {
    assertThat(guesses(trait, text)).isEqualTo(expected);
  }

  @Test
  void namesAreSoughtAsWholeWords() {
    assertThat(guesses("snmp-sysdescr", "ZTEC Instruments scope")).isEmpty();
    assertThat(guesses("snmp-sysdescr", "ZTE corporation")).isEqualTo("vendor=ZTE");
    assertThat(guesses("ssh-banner", "SSH-2.0-MyROSSSHD")).isEmpty();
  }

  /** Enterprise numbers as IANA lists them: 9 is ciscoSystems, 2011 HUAWEI. */
  @Test
  void knowsVendorsByTheirEnterpriseNumbers() {
    assertThat(guesses("snmp-sysobjectid", "1.3.6.1.4.1.9.1.716")).isEqualTo("vendor=Cisco");
    assertThat(guesses("snmp-sysobjectid", "1.3.6.1.4.1.2011.2.23")).isEqualTo("vendor=Huawei");
    assertThat(guesses("snmp-sysobjectid", "1.3.6.1.4.1.93.1")).isEmpty();
    assertThat(guesses("snmp-sysdescr", "1.3.6.1.4.1.9.1.716")).isEmpty();
  }

  @Test
  void theNameOfAHostIsNotTheVendorOfTheDevice() {
    assertThat(guesses("smtp-banner", "mail.cisco.com ESMTP")).isEmpty();
    assertThat(guesses("tls-subject", "CN=cisco.example.net")).isEmpty();
    assertThat(guesses("tls-subject", "CN=admin@huawei.example")).isEmpty();
    assertThat(guesses("tls-subject", "CN=ubuntu, OU=switch")).isEmpty();
    assertThat(guesses("tls-subject", "CN=gw.cisco.example, O=Cisco")).isEqualTo("vendor=Cisco");
  }

  @Test
  void readsWhatANetworkTimeServerSaysOfItself() {
    assertThat(guesses("ntp-variables", "version=\"ntpd 4.2.8p15\", system=\"Linux/4.14.78\""))
        .isEqualTo("firmware=Linux 4.14.78");
  }

  @Test
  void whatPeopleOrOthersNameIsNoEvidenceOfTheVendor() {
    assertThat(guesses("dhcp-hostname", "huawei-lab")).isEmpty();
    assertThat(guesses("snmp-sysname", "cisco-core")).isEmpty();
    assertThat(guesses("http-user-agent", "Mozilla/5.0 (Linux; Android 13; HUAWEI P30)"))
        .isEqualTo("firmware=Android 13");
    assertThat(guesses("tls-ja4", "t13d1516h2_zte_cisco")).isEmpty();
  }

  @Test
  void aTextOfNobodyKnownSaysNothing() {
    assertThat(guesses("ssh-banner", "SSH-2.0-X")).isEmpty();
    assertThat(guesses("http-server", "")).isEmpty();
  }

  @Test
  void whatIsTakenFromTheTextIsBounded() {
    String value = guesses("http-server", "lighttpd/" + "9".repeat(1000));
    assertThat(value).isEqualTo("software=lighttpd " + "9".repeat(48));
  }

  @Test
  void theParticularRuleIsBelievedBeforeTheGeneralOne() {
    ClaimRules rules =
        new ClaimRules(
            List.of("# first", "", "Box 9 | * | vendor=B ; model={Box ~}", "Box | * | vendor=C"));
    assertThat(rules.guesses("x-y", "a Box 9 b"))
        .containsExactly(new Guess(ClaimKind.VENDOR, "B"), new Guess(ClaimKind.MODEL, "9"));
    assertThat(rules.guesses("x-y", "a Box")).containsExactly(new Guess(ClaimKind.VENDOR, "C"));
  }

  @Test
  void refusesALineThatIsNoRule() {
    for (String line :
        List.of(
            "a | b", "a | * | vendor", "a | * | colour=red", "a | * | model={x", "a | * | role=")) {
      assertThatThrownBy(() -> new ClaimRules(List.of(line)))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A rule behind one whose words its own contain could never have a say. */
  @Test
  void noRuleIsHiddenByOneBeforeIt() {
    List<ClaimRule> rules = ClaimRules.standard().rules();
    assertThat(rules.size()).isGreaterThan(200);
    List<String> hidden = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      ClaimRule rule = rules.get(i);
      String trait = rule.scopes().isEmpty() ? "x-y" : rule.scopes().getFirst();
      List<ClaimKind> kinds = rule.templates().stream().map(ClaimTemplate::kind).toList();
      for (ClaimRule before : rules.subList(0, i)) {
        if (before.appliesTo(trait, rule.scopes().isEmpty())
            && before.find(rule.words()) >= 0
            && before.templates().stream()
                .filter(template -> template.anchors().isEmpty())
                .map(ClaimTemplate::kind)
                .toList()
                .containsAll(kinds)) {
          hidden.add(rule.words() + " by " + before.words());
        }
      }
    }
    assertThat(hidden).isEmpty();
  }
}
