package tapwarden.inspect.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tapwarden.inspect.wire.IpAddress;

/** Expected values: the specification's example, and tshark 4.0.17 on public captures. */
class CommunityIdTest {
  @ParameterizedTest
  @CsvSource({
    "128.232.110.120, 66.35.250.204, 6, 34855, 80, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
    "10.61.154.128, 10.13.1.22, 6, 1261, 80, 1:+LIerVRIYFYZeclVuMrC3dAe9IQ=",
    "85.176.58.128, 175.4.48.193, 6, 80, 23837, 1:/kyEetu1YoOAmFFDk+Cn1zyNIyQ=",
    "192.168.1.1, 192.168.1.10, 17, 53, 63992, 1:+Iug35vQBM49URBG3it8ESy0gOw=",
    "192.168.1.10, 192.168.1.1, 17, 63992, 53, 1:+Iug35vQBM49URBG3it8ESy0gOw=",
    "10.1.1.1, 10.2.2.2, 132, 2905, 2905, 1:1OB5JpLmPFXgDQZZ4begqQliqCE=",
    "10.2.2.2, 10.1.1.1, 132, 2905, 2905, 1:1OB5JpLmPFXgDQZZ4begqQliqCE=",
    "192.168.1.109, 192.168.1.171, 1, 8, 0, 1:/jPxl/I8EhrtMjAIHu9gKM1biyg=",
    "192.168.1.171, 192.168.1.109, 1, 0, 8, 1:/jPxl/I8EhrtMjAIHu9gKM1biyg=",
    "172.17.0.9, 0.0.0.0, 1, 3, 0, 1:LZFOWgGfuPsYMfat6qPVaajBMlE=",
    "192.168.170.2, 224.0.0.5, 89, 0, 0, 1:/PfcswjQ1Zp7cMQ2N82TLDHaEyo=",
    "147.32.77.113, 224.0.0.251, 2, 0, 0, 1:60VmADAVu45eLmOdm9N8XSbDxfg=",
    "fe80::211:22ff:fe33:4455, fe80::201:2ff:fe03:405, 17, 547, 546, 1:/kIRSIg6QpzPYECpW25Hoee7sqE=",
    "fe80::21e:ecff:fe30:9474, fe80::203:47ff:feeb:3faf, 6, 42787, 1153, 1:0InaPIYfK0mw2Gp0uOuLdu6gGyk=",
    "fe80::21e:ecff:fe30:9474, ff02::1:ffeb:3faf, 58, 135, 136, 1:ASYHBmmOHkFNLdAI/lXAXKFOaeg=",
    "fe80::c002:3ff:fee4:0, fe80::c001:2ff:fe40:0, 58, 136, 135, 1:4DH0yK6yAYUdauvqhQg0A6+G16I=",
    "fe80::1443:7ab6:a1c2:3d55, ff02::2, 58, 133, 134, 1:Bgq3BOHE0AF7ZQE3RiQTvWmaNUM=",
    "fe80::3e49:37ff:fe03:17db, ff02::16, 58, 143, 0, 1:6K3MJxcJJCy0BlQhc+d087IeY1k="
  })
  void agreesWithOtherTools(
      String client, String server, int protocol, int clientPort, int serverPort, String expected) {
    IpAddress c = Objects.requireNonNull(IpAddress.parse(client));
    IpAddress s = Objects.requireNonNull(IpAddress.parse(server));
    String id =
        new CommunityId()
            .of(
                c.version(),
                c.high(),
                c.low(),
                s.high(),
                s.low(),
                protocol,
                clientPort,
                serverPort);
    assertThat(id).isEqualTo(expected).hasSize(CommunityId.LENGTH);
  }
}
