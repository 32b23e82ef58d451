package tapwarden.inspect.codec.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CnameChainTest {
  private final DnsMessage message = new DnsMessage();
  private final CnameChain chain = new CnameChain();

  private static tapwarden.capture.forge.DnsMessage answer(String name) {
    return tapwarden.capture.forge.DnsMessage.response(1, name, DnsType.A);
  }

  private List<String> follow(tapwarden.capture.forge.DnsMessage forged) {
    byte[] bytes = forged.toBytes();
    assertThat(message.parse(MemorySegment.ofArray(bytes), 0, bytes.length)).isTrue();
    chain.follow(message);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < chain.count(); i++) {
      names.add(
          new String(
              message.lowerNames(), chain.start(i), chain.length(i), StandardCharsets.US_ASCII));
    }
    return names;
  }

  @Test
  void followsAliasesWhateverTheirOrderAndCase() {
    List<String> names =
        follow(
            answer("WWW.a.example")
                .a("c.example", 60, "192.0.2.1")
                .cname("B.example", 60, "c.example")
                .cname("www.A.example", 60, "b.EXAMPLE"));
    assertThat(names).containsExactly("www.a.example", "b.example", "c.example");
    assertThat(chain.ownerOf(message, 1)).isEqualTo(2);
    assertThat(chain.cause(2)).isEqualTo(1);
    assertThat(chain.cause(1)).isZero();
    assertThat(chain.cause(0)).isEqualTo(-1);
  }

  @Test
  void doesNotOwnWhatNobodyAskedFor() {
    List<String> names =
        follow(
            answer("a.example")
                .cname("other.example", 60, "b.example")
                .a("b.example", 60, "192.0.2.1")
                .a("xa.example", 60, "192.0.2.2")
                .a("a.example", 60, "192.0.2.3"));
    assertThat(names).containsExactly("a.example");
    assertThat(chain.ownerOf(message, 2)).isEqualTo(-1);
    assertThat(chain.ownerOf(message, 3)).isEqualTo(-1);
    assertThat(chain.ownerOf(message, 4)).isZero();
  }

  @Test
  void aRecordBesideAnAliasIsOwnedByTheNameThatItSays() {
    follow(
        answer("a.example")
            .cname("a.example", 60, "b.example")
            .a("a.example", 60, "192.0.2.1")
            .a("b.example", 60, "192.0.2.2"));
    assertThat(chain.ownerOf(message, 2)).isZero();
    assertThat(chain.ownerOf(message, 3)).isEqualTo(1);
  }

  @Test
  void aliasesOutsideTheAnswerSectionLeadNowhere() {
    assertThat(follow(answer("a.example").additional().cname("a.example", 60, "allowed.example")))
        .containsExactly("a.example");
  }

  @Test
  void endsWhereAliasesGoInACircle() {
    assertThat(
            follow(
                answer("a.example")
                    .cname("a.example", 60, "b.example")
                    .cname("b.example", 60, "a.example")))
        .containsExactly("a.example", "b.example");
    assertThat(chain.isCut()).isFalse();
  }

  @Test
  void isCutAfterSixteenNames() {
    tapwarden.capture.forge.DnsMessage forged = answer("n0.example");
    for (int i = 0; i < 15; i++) {
      forged.cname("n" + i + ".example", 60, "n" + (i + 1) + ".example");
    }
    assertThat(follow(forged)).hasSize(16).endsWith("n15.example");
    assertThat(chain.isCut()).isFalse();
    assertThat(follow(forged.cname("n15.example", 60, "n16.example"))).hasSize(16);
    assertThat(chain.isCut()).isTrue();
  }

  @Test
  void aQueryHasItsQuestionOnly() {
    tapwarden.capture.forge.DnsMessage query =
        tapwarden.capture.forge.DnsMessage.query(1, "a.example", DnsType.A)
            .cname("a.example", 60, "b.example");
    assertThat(follow(query)).containsExactly("a.example");
    assertThat(follow(tapwarden.capture.forge.DnsMessage.empty(1, 0x8180).a("a", 1, "192.0.2.1")))
        .isEmpty();
  }
}
