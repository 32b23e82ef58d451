package tapwarden.inspect.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static tapwarden.inspect.alert.Findings.SECOND;
import static tapwarden.inspect.alert.Findings.START;
import static tapwarden.inspect.alert.Findings.at;
import static tapwarden.inspect.alert.Findings.of;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tapwarden.capture.count.Counter;
import tapwarden.capture.count.CounterBlock;
import tapwarden.inspect.wire.IpAddress;

class IncidentBookTest {
  private final CounterBlock counters = new CounterBlock();
  private final List<Alert> alerts = new ArrayList<>();

  private IncidentBook book(int maxOpen, long idleSeconds) {
    IncidentOptions options = new IncidentOptions(maxOpen, 1_000, idleSeconds * SECOND, true);
    return new IncidentBook(options, Suppressions.NONE, counters, alerts::add);
  }

  /** The clock as a stream of such stamps alone would have it. */
  private static void accept(IncidentBook book, Finding finding) {
    book.accept(finding, finding.packetNanos());
  }

  @Test
  void foldsRepeatsIntoOneIdWithRevisionsAtPowersOfTenAndAtTheEnd() {
    try (IncidentBook book = book(10, 100_000)) {
      for (int i = 0; i < 1_234; i++) {
        accept(book, at(i));
      }
    }
    assertThat(alerts).extracting(Alert::count).containsExactly(1L, 10L, 100L, 1_000L, 1_234L);
    assertThat(alerts).extracting(Alert::revision).containsExactly(1, 2, 3, 4, 5);
    assertThat(alerts).extracting(Alert::id).containsOnly(AlertId.of(at(0)));
    assertThat(alerts).extracting(Alert::firstSeenNanos).containsOnly(START);
    assertThat(alerts.getLast().lastSeenNanos()).isEqualTo(START + 1_233 * SECOND);
    assertThat(counters.get(Counter.FINDINGS)).isEqualTo(1_234);
    assertThat(counters.get(Counter.INCIDENTS)).isEqualTo(1);
    assertThat(counters.get(Counter.ALERT_LINES)).isEqualTo(5);
  }

  @Test
  void saysNothingAtTheEndThatWasSaidAlready() {
    try (IncidentBook book = book(10, 100)) {
      accept(book, at(0));
    }
    assertThat(alerts).hasSize(1);
  }

  @Test
  void revisesWhenTheStageRisesAndNeverLetsItFall() {
    IncidentBook book = book(10, 100);
    accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 60, 0));
    accept(book, of("e", "203.0.113.9", Stage.DATA, 60, 1));
    accept(book, of("e", "203.0.113.9", Stage.ESTABLISHED, 60, 2));
    book.close();
    assertThat(alerts)
        .extracting(Alert::stage)
        .containsExactly(Stage.ATTEMPT, Stage.DATA, Stage.DATA);
    assertThat(alerts).extracting(Alert::count).containsExactly(1L, 2L, 3L);
  }

  @Test
  void revisesWhenTheSeverityRisesButNotForEveryPointOfScore() {
    IncidentBook book = book(10, 100);
    accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 39, 0));
    assertThat(book.incidents()).containsEntry(Severity.LOW, 1).containsEntry(Severity.HIGH, 0);
    accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 40, 1));
    accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 69, 2));
    accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 95, 3));
    accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 10, 4));
    book.close();
    assertThat(alerts).extracting(Alert::score).containsExactly(39, 40, 95, 95);
    assertThat(alerts)
        .extracting(Alert::severity)
        .containsExactly(Severity.LOW, Severity.MEDIUM, Severity.CRITICAL, Severity.CRITICAL);
    assertThat(book.incidents())
        .isEqualTo(
            Map.of(Severity.LOW, 0, Severity.MEDIUM, 0, Severity.HIGH, 0, Severity.CRITICAL, 1));
  }

  @Test
  void keepsEquipmentEndpointAndDetectorApart() {
    IncidentBook book = book(10, 100);
    accept(book, of("e1", "203.0.113.9", Stage.ATTEMPT, 60, 0));
    accept(book, of("e2", "203.0.113.9", Stage.ATTEMPT, 60, 0));
    accept(book, of("e1", "203.0.113.10", Stage.ATTEMPT, 60, 0));
    accept(book, Findings.named("203.0.113.9", 0));
    assertThat(alerts).extracting(Alert::id).doesNotHaveDuplicates().hasSize(4);
    assertThat(book.openIncidents()).isEqualTo(4);
  }

  @Test
  void closesAnIncidentThatWasIdleAndOpensANewOne() {
    IncidentBook book = book(10, 60);
    accept(book, at(0));
    accept(book, at(5));
    accept(book, at(65)); // 60 s after the last finding: not yet longer than 60 s
    accept(book, at(126)); // 61 s after
    book.close();
    assertThat(alerts).extracting(Alert::count).containsExactly(1L, 3L, 1L);
    assertThat(alerts.get(1).id()).isEqualTo(alerts.get(0).id());
    assertThat(alerts.get(2).id()).isEqualTo(AlertId.of(at(126)));
  }

  @Test
  void aContactThatGoesOnAfterItsIncidentWasClosedOpensOneWithAnotherId() {
    IncidentBook book = book(10, 60);
    Finding first = at(0);
    accept(book, first);
    accept(book, goesOn(first, 100));
    accept(book, goesOn(first, 200));
    book.close();
    assertThat(alerts).extracting(Alert::revision).containsExactly(1, 1, 1);
    assertThat(alerts).extracting(Alert::firstSeenNanos).containsOnly(START);
    assertThat(alerts)
        .extracting(Alert::id)
        .containsExactly(AlertId.of(first), AlertId.of(at(100)), AlertId.of(at(200)));
  }

  /** A later finding about the contact of {@code first}. */
  private static Finding goesOn(Finding first, long seconds) {
    Finding later = at(seconds);
    return new Finding(
        later.signature(),
        later.subject(),
        later.endpoint(),
        later.protocol(),
        Stage.DATA,
        later.score(),
        later.because(),
        later.flow(),
        first.firstPacketNumber(),
        first.firstPacketNanos(),
        later.packetNumber(),
        later.packetNanos(),
        Finding.News.PROGRESS);
  }

  /** A stamp of 2106 among good ones; the clock goes on in spite of it. */
  @Test
  void aWildStampClosesNothingAndIdlenessGoesOnAfterIt() {
    IncidentBook book = book(10, 60);
    long year2106 = 4_294_967_295L;
    book.accept(of("e", "203.0.113.9", Stage.ATTEMPT, 60, 0), START);
    book.accept(of("f", "203.0.113.9", Stage.ATTEMPT, 60, 0), START);
    Finding wild = of("g", "203.0.113.9", Stage.ATTEMPT, 60, year2106 - START / SECOND);
    book.accept(wild, START + SECOND);
    book.accept(wild, START + SECOND);
    assertThat(book.openIncidents()).isEqualTo(3);
    book.accept(of("f", "203.0.113.9", Stage.ATTEMPT, 60, 59), START + 59 * SECOND);
    book.accept(of("f", "203.0.113.9", Stage.ATTEMPT, 60, 62), START + 62 * SECOND);
    assertThat(book.openIncidents()).isEqualTo(1); // e was idle for 62 s, g for 61 s
    assertThat(alerts.getLast().finding().subject().id()).isEqualTo("g");
    assertThat(alerts.getLast().count()).isEqualTo(2);
  }

  @Test
  void idlenessGoesOnFromWhatItWasWhenTheClockStepsBack() {
    IncidentBook book = book(10, 60);
    book.accept(at(0), START);
    book.accept(of("f", "203.0.113.9", Stage.ATTEMPT, 60, 0), START + 50 * SECOND);
    // An older file: the clock steps back by a day, then goes on by 11 s, 61 s in all.
    book.accept(of("f", "203.0.113.9", Stage.ATTEMPT, 60, 0), START - 86_400 * SECOND);
    assertThat(book.openIncidents()).isEqualTo(2);
    book.accept(of("f", "203.0.113.9", Stage.ATTEMPT, 60, 0), START - 86_389 * SECOND);
    assertThat(book.openIncidents()).isEqualTo(1);
  }

  /** The first stamp stands in the first line; later wild ones must not become the last seen. */
  @Test
  void aWildStampIsNotTheLastTimeThatAnIncidentWasSeen() {
    IncidentBook book = book(10, 60);
    book.accept(at(0), START);
    book.accept(at(3_000_000_000L), START + 2 * SECOND);
    book.accept(at(3), START + 3 * SECOND);
    book.close();
    assertThat(alerts.getLast().count()).isEqualTo(3);
    assertThat(alerts.getLast().lastSeenNanos()).isEqualTo(START + 3 * SECOND);
  }

  @Test
  void closesTheOneThatWasQuietLongestWhenFullAndCountsIt() {
    IncidentBook book = book(2, 1_000);
    accept(book, of("a", "203.0.113.9", Stage.ATTEMPT, 60, 0));
    accept(book, of("b", "203.0.113.9", Stage.ATTEMPT, 60, 1));
    accept(book, of("b", "203.0.113.9", Stage.ATTEMPT, 60, 2));
    accept(book, of("a", "203.0.113.9", Stage.ATTEMPT, 60, 3));
    accept(book, of("c", "203.0.113.9", Stage.ATTEMPT, 60, 4)); // b goes
    accept(book, of("a", "203.0.113.9", Stage.ATTEMPT, 60, 5)); // a is still known
    assertThat(alerts)
        .extracting(a -> a.finding().subject().id() + a.count())
        .containsExactly("a1", "b1", "b2", "c1");
    assertThat(counters.get(Counter.INCIDENTS_EVICTED)).isEqualTo(1);
    assertThat(book.openIncidents()).isEqualTo(2);
  }

  @Test
  void keepsTheNewestReasonsFirstAndAtMostTwelve() {
    IncidentBook book = book(10, 100);
    accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 60, 0, "a", "b"));
    accept(book, of("e", "203.0.113.9", Stage.DATA, 60, 1, "c", "a"));
    assertThat(alerts.getLast().because()).containsExactly("c", "a", "b");
    for (int i = 2; i < 100; i++) {
      accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 60, i, "fact " + i));
    }
    book.close();
    assertThat(alerts.getLast().because()).hasSize(12).startsWith("fact 99", "fact 98");
  }

  @Test
  void keepsTheFirstAndTheMostRecentPacketNumbersInOrder() {
    IncidentBook book = book(10, 100_000);
    for (int i = 0; i < 1_000; i++) {
      accept(book, at(i));
    }
    assertThat(alerts.getLast().evidenceNumbers())
        .containsExactly(
            100L, 101L, 102L, 103L, 104L, 105L, 106L, 107L, 1092L, 1093L, 1094L, 1095L, 1096L,
            1097L, 1098L, 1099L);
    assertThat(alerts.getLast().evidencePcapng())
        .isEqualTo("evidence/" + alerts.getLast().id() + ".pcapng");
  }

  @Test
  void staysWithinItsBoundAndLosesNoCountUnderAFlood() {
    Random random = new Random(42);
    long[] counted = new long[1];
    Set<String> ids = new HashSet<>();
    List<Alert> open = new ArrayList<>();
    IncidentOptions options = new IncidentOptions(50, 1_000, 1_000 * SECOND, false);
    IncidentBook book =
        new IncidentBook(
            options,
            Suppressions.NONE,
            counters,
            alert -> {
              if (alert.revision() == 1) {
                ids.add(alert.id());
              }
              open.removeIf(a -> a.id().equals(alert.id()));
              open.add(alert);
            });
    for (int i = 0; i < 20_000; i++) {
      int equipment = random.nextInt(40);
      int host = random.nextInt(5);
      accept(book, of("e" + equipment, "203.0.113." + host, Stage.ATTEMPT, 60, i / 10));
      assertThat(book.openIncidents()).isLessThanOrEqualTo(50);
    }
    book.close();
    open.forEach(alert -> counted[0] += alert.count());
    assertThat(counted[0]).as("sum over the last revision of each id").isEqualTo(20_000);
    assertThat(ids).hasSize((int) counters.get(Counter.INCIDENTS));
  }

  @Test
  void endpointsWithoutEndShareOneAlertThatSaysSo() {
    IncidentOptions options = new IncidentOptions(1_000, 3, 1_000 * SECOND, true);
    try (IncidentBook book = new IncidentBook(options, Suppressions.NONE, counters, alerts::add)) {
      for (int i = 0; i < 200; i++) {
        accept(book, of("e", "198.51.100." + i, Stage.ATTEMPT, 60, i));
      }
      // A known endpoint goes on in its own alert; other equipment is not concerned.
      accept(book, of("e", "198.51.100.0", Stage.ATTEMPT, 60, 200));
      accept(book, of("other", "198.51.100.9", Stage.ATTEMPT, 60, 201));
      // Three alerts of their own, one for the rest, one for the other equipment.
      assertThat(book.openIncidents()).isEqualTo(5);
    }
    assertThat(counters.get(Counter.FINDINGS_CROWDED)).isEqualTo(197);
    // 198.51.100.3 to .199, one contact each.
    List<Alert> rest = alerts.stream().filter(a -> !a.furtherEndpoints().isEmpty()).toList();
    assertThat(rest).extracting(Alert::count).containsExactly(10L, 100L, 197L);
    String id = rest.getFirst().id();
    List<Alert> all = alerts.stream().filter(a -> a.id().equals(id)).toList();
    assertThat(all).extracting(Alert::revision).containsExactly(1, 2, 3, 4);
    assertThat(all).extracting(a -> a.finding().endpoint().key()).containsOnly("198.51.100.3");
    assertThat(all.getFirst().because())
        .containsExactly("stands for 1 further endpoint beyond the first 3");
    assertThat(all.getLast().because())
        .containsExactly("stands for 197 further endpoints beyond the first 3");
    // The 64 that came after the one that opened it.
    assertThat(all.getLast().furtherEndpoints())
        .extracting(Endpoint::key)
        .hasSize(64)
        .startsWith("198.51.100.4")
        .endsWith("198.51.100.67");
    assertThat(last(AlertId.of(of("e", "198.51.100.0", Stage.ATTEMPT, 60, 0))).count())
        .isEqualTo(2);
  }

  @Test
  void saysThatThereAreMoreFurtherEndpointsThanAreToldApart() {
    IncidentOptions options = new IncidentOptions(1_000, 1, 10_000 * SECOND, true);
    try (IncidentBook book = new IncidentBook(options, Suppressions.NONE, counters, alerts::add)) {
      for (int i = 0; i < 1 + 1_024; i++) {
        accept(book, of("e", "10.1." + i / 256 + "." + i % 256, Stage.ATTEMPT, 60, i));
      }
      accept(book, of("e", "10.1.4.0", Stage.ATTEMPT, 60, 2_000));
    }
    // The first has an alert of its own, 10.1.0.1 to 10.1.4.0 are 1,024.
    assertThat(alerts.getLast().because())
        .containsExactly("stands for 1,024 further endpoints beyond the first 1");
    assertThat(alerts.getLast().count()).isEqualTo(1_025);
    alerts.clear();
    try (IncidentBook book = new IncidentBook(options, Suppressions.NONE, counters, alerts::add)) {
      for (int i = 0; i < 2 + 1_024; i++) {
        accept(book, of("e", "10.1." + i / 256 + "." + i % 256, Stage.ATTEMPT, 60, i));
      }
    }
    assertThat(alerts.getLast().because())
        .containsExactly("stands for more than 1,024 further endpoints beyond the first 1");
  }

  /** One contact opens the alert for all further endpoints, and then one of its own. */
  @Test
  void theAlertForFurtherEndpointsHasAnIdOfItsOwn() {
    IncidentOptions options = new IncidentOptions(1_000, 1, 1_000 * SECOND, true);
    IncidentBook book = new IncidentBook(options, Suppressions.NONE, counters, alerts::add);
    accept(book, of("e", "198.51.100.1", Stage.ATTEMPT, 60, 0));
    accept(book, of("e", "198.51.100.2", Stage.ATTEMPT, 60, 1));
    accept(book, of("e", "198.51.100.2", Stage.DATA, 95, 1).with(Finding.News.SEVERITY));
    accept(book, of("e", "198.51.100.1", Stage.DATA, 95, 1).with(Finding.News.SEVERITY));
    accept(book, of("e", "198.51.100.3", Stage.DATA, 95, 1));
    book.close();
    assertThat(alerts)
        .filteredOn(alert -> alert.revision() == 1)
        .extracting(Alert::id)
        .doesNotHaveDuplicates()
        .hasSize(4);
    alerts.stream()
        .collect(Collectors.groupingBy(Alert::id))
        .forEach((id, revisions) ->
            assertThat(revisions)
                .extracting(a -> a.finding().endpoint())
                .containsOnly(revisions.getFirst().finding().endpoint()));
  }

  /**
   * Attempt, answer and data of one contact; then another contact, by another port and protocol.
   */
  @Test
  void aContactCountsOnceAndTheAlertKeepsItsEndpoint() {
    Finding other = of("e", "203.0.113.9", Stage.ATTEMPT, 60, 5);
    try (IncidentBook book = book(10, 100)) {
      accept(book, of("e", "203.0.113.9", Stage.ATTEMPT, 60, 0));
      accept(book, of("e", "203.0.113.9", Stage.ESTABLISHED, 75, 1).with(Finding.News.SEVERITY));
      accept(book, of("e", "203.0.113.9", Stage.DATA, 76, 2).with(Finding.News.PROGRESS));
      accept(
          book,
          other.about(new Endpoint(IpAddress.parse("203.0.113.9"), 8_443, "a.example", "dns"), 17));
      accept(
          book,
          other.about(new Endpoint(IpAddress.parse("203.0.113.9"), 53, "b.example", "dns"), 17));
    }
    assertThat(alerts).extracting(Alert::count).containsExactly(1L, 1L, 1L, 3L);
    assertThat(alerts).extracting(a -> a.finding().endpoint().port()).containsOnly(443);
    assertThat(alerts).extracting(a -> a.finding().protocol()).containsOnly(6);
    assertThat(alerts)
        .extracting(a -> a.finding().endpoint().name())
        .containsExactly(null, null, null, "a.example");
    assertThat(alerts).allSatisfy(a -> assertThat(a.furtherEndpoints()).isEmpty());
  }

  @Test
  void contactsThatGetGraverCountOnceForEachSeverityBeyondTheLimit() {
    IncidentOptions options = new IncidentOptions(1_000, 1, 1_000 * SECOND, true);
    try (IncidentBook book = new IncidentBook(options, Suppressions.NONE, counters, alerts::add)) {
      for (int i = 0; i < 6; i++) {
        String ip = "198.51.100." + i;
        accept(book, of("e", ip, Stage.ATTEMPT, 60, i));
        accept(book, of("e", ip, Stage.ESTABLISHED, 61, i).with(Finding.News.PROGRESS));
        accept(book, of("e", ip, Stage.DATA, 95, i).with(Finding.News.SEVERITY));
        accept(book, of("e", ip, Stage.DATA, 96, i).with(Finding.News.PROGRESS));
      }
    }
    // .0 has its own; of .1 to .5 the attempts are in one, .1 has its own critical, .2 to .5 share.
    assertThat(alerts.stream().collect(Collectors.groupingBy(Alert::id)).values())
        .extracting(revisions -> revisions.getLast().severity() + " " + revisions.getLast().count())
        .containsExactlyInAnyOrder("CRITICAL 1", "MEDIUM 5", "CRITICAL 1", "CRITICAL 4");
  }

  @Test
  void namesBelowAListedOneAreListedAndTheFirstOneStays() {
    Endpoint first = new Endpoint(null, 0, "x0.evil.example", "dns", "evil.example");
    try (IncidentBook book = book(10, 100)) {
      for (int i = 0; i < 30; i++) {
        String name = "x" + i + ".evil.example";
        Endpoint endpoint = new Endpoint(null, 0, name, "dns", "evil.example");
        accept(book, Findings.named(name, i).about(endpoint, 17));
      }
    }
    assertThat(alerts).extracting(a -> a.finding().endpoint()).containsOnly(first);
    assertThat(alerts).extracting(Alert::count).containsExactly(1L, 10L, 30L);
    assertThat(alerts.getLast().furtherEndpoints())
        .extracting(Endpoint::name)
        .startsWith("x1.evil.example")
        .hasSize(15);
  }

  @Test
  void aGraverFindingIsNotHiddenInACrowd() {
    IncidentOptions options = new IncidentOptions(1_000, 3, 1_000 * SECOND, true);
    IncidentBook book = new IncidentBook(options, Suppressions.NONE, counters, alerts::add);
    for (int i = 0; i < 50; i++) {
      accept(book, of("e", "198.51.100." + i, Stage.ATTEMPT, 60, i));
    }
    Finding grave = of("e", "198.51.100.40", Stage.DATA, 95, 60);
    accept(book, grave);
    assertThat(alerts.getLast().id()).isEqualTo(AlertId.of(grave));
    assertThat(alerts.getLast().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void aCrowdThatWentIdleMakesRoom() {
    IncidentOptions options = new IncidentOptions(1_000, 3, 100 * SECOND, true);
    IncidentBook book = new IncidentBook(options, Suppressions.NONE, counters, alerts::add);
    for (int i = 0; i < 10; i++) {
      accept(book, of("e", "198.51.100." + i, Stage.ATTEMPT, 60, i));
    }
    assertThat(book.openIncidents()).isEqualTo(4);
    Finding later = of("e", "198.51.100.77", Stage.ATTEMPT, 60, 500);
    accept(book, later);
    assertThat(alerts.getLast().id()).isEqualTo(AlertId.of(later));
    assertThat(alerts.getLast().because()).isEmpty();
    assertThat(book.openIncidents()).isEqualTo(1);
  }

  private Alert last(String id) {
    return alerts.stream().filter(alert -> alert.id().equals(id)).toList().getLast();
  }

  @Test
  void countsAndSilencesSuppressedFindings() {
    Suppression entry =
        new Suppression("policy", null, "203.0.113.0/24", null, "test lab", "t.yaml:1:1");
    Suppressions list = new Suppressions(List.of(entry));
    IncidentBook book = new IncidentBook(IncidentOptions.DEFAULT, list, counters, alerts::add);
    accept(book, at(0));
    accept(book, at(1));
    assertThat(alerts).isEmpty();
    assertThat(counters.get(Counter.FINDINGS_SUPPRESSED)).isEqualTo(2);
    assertThat(list.hits()).containsExactly(new Suppressions.Hits(entry, 2));
    book.suppressions(Suppressions.NONE);
    accept(book, at(2));
    assertThat(alerts).hasSize(1);
  }
}
