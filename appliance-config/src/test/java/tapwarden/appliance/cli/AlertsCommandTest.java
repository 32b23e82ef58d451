package tapwarden.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsCommandTest {
  private final FakeServices services = new FakeServices();
  @TempDir private Path directory;

  /** A line as the documentation of the log shows it; only what tests tell apart is variable. */
  private static String line(
      String id,
      int revision,
      String time,
      int severity,
      String equipment,
      String ip,
      String name) {
    return ("{'timestamp':'%s','event_type':'alert','src_ip':'10.0.0.1','src_port':40000,"
            + "'dest_ip':'%s','dest_port':443,'proto':'TCP','alert':{'action':'allowed','gid':7400,"
            + "'signature_id':1001,'signature':'Contact with a listed address','severity':%d},"
            + "'tapwarden':{'id':'%s','revision':%d,'count':%d,'first_seen':'%s','last_seen':'%s',"
            + "'equipment':{'id':'%s','vendor':'Huawei','identified_by':['cidr']},"
            + "'endpoint':{'ip':'%s','port':443,'name':'%s','name_source':'dns'},"
            + "'detector':'watchlist','stage':'data','score':77,'because':['listed in c2.txt'],"
            + "'evidence':{'packets':[{'number':7},{'number':9}],'pcapng':'evidence/%s.pcapng'}}}")
        .formatted(time, ip, severity, id, revision, revision, time, time, equipment, ip, name, id)
        .replace('\'', '"');
  }

  private void log(String file, String... lines) throws IOException {
    Files.writeString(directory.resolve(file), String.join("\n", lines) + "\n");
  }

  private void sampleLog() throws IOException {
    log(
        "eve-20261101T000000-0001.json",
        line(
            "aaaa1111",
            1,
            "2026-11-01T08:00:00.000001+0000",
            3,
            "enb-1",
            "203.0.113.9",
            "x.example"),
        "{\"event_type\":\"flow\",\"tapwarden\":{\"id\":\"aaaa1111\"}}",
        line(
            "bbbb2222",
            1,
            "2026-11-02T08:00:00.000000+0000",
            4,
            "cam-1",
            "198.51.100.7",
            "y.example"));
    log(
        "eve.json",
        line(
            "aaaa1111",
            2,
            "2026-11-03T08:00:00.000000+0000",
            1,
            "enb-1",
            "203.0.113.9",
            "x.example"));
  }

  private int alerts(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "alerts";
    all[1] = "-l";
    all[2] = directory.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return services.execute(all);
  }

  @Test
  void listsEachAlertOnceInItsLatestRevisionOverRotatedFiles() throws IOException {
    sampleLog();
    assertThat(alerts()).isZero();
    assertThat(services.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "ID|TIME (UTC)|SEVERITY|EQUIPMENT|VENDOR|ENDPOINT|NAME|TIMES|WHAT",
            "bbbb2222|2026-11-02 08:00:00|low|cam-1|Huawei|198.51.100.7:443/tcp|y.example|1|"
                + "Contact with a listed address",
            "aaaa1111|2026-11-03 08:00:00|critical|enb-1|Huawei|203.0.113.9:443/tcp|x.example|2|"
                + "Contact with a listed address",
            "2 alerts");
  }

  @Test
  void findsAnAlertByTheFurtherEndpointsThatItStandsFor() throws IOException {
    log(
        "eve.json",
        line("cccc3333", 1, "2026-11-03T08:00:00.000000+0000", 2, "enb-1", "192.0.2.1", "a.example")
            .replace(
                "\"detector\"",
                "\"further_endpoints\":[{\"ip\":\"192.0.2.77\",\"port\":443},"
                    + "{\"name\":\"z.example\"}],\"detector\""));
    assertThat(found("--endpoint", "192.0.2.77")).containsExactly("cccc3333");
    assertThat(found("--endpoint", "192.0.2.64/26")).containsExactly("cccc3333");
    assertThat(found("--endpoint", "192.0.2.1")).containsExactly("cccc3333");
    assertThat(found("--endpoint", "192.0.2.78")).isEmpty();
    assertThat(found("--name", "z.example")).containsExactly("cccc3333");
    assertThat(found("--name", "192.0.2")).isEmpty();
  }

  private List<String> found(String... arguments) {
    assertThat(alerts(arguments)).isZero();
    return services
        .out()
        .lines()
        .filter(line -> line.startsWith("cccc"))
        .map(line -> line.substring(0, 8))
        .toList();
  }

  @Test
  void aNarrowTerminalGetsEachAlertInThreeWholeLines() throws IOException {
    sampleLog();
    services.terminalColumns = 60;
    assertThat(alerts("--severity", "critical")).isZero();
    assertThat(services.out())
        .isEqualTo(
            """
            aaaa1111  2026-11-03 08:00:00  critical  2 times
              enb-1 (Huawei) → 203.0.113.9:443/tcp x.example
              Contact with a listed address
            1 alert
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "--equipment, ENB, aaaa1111",
    "--vendor, huawei, aaaa1111 bbbb2222",
    "--vendor, zte, ''",
    "--endpoint, 203.0.113.0/24, aaaa1111",
    "--endpoint, 198.51.100.7, bbbb2222",
    "--name, y.ex, bbbb2222",
    "--detector, watchlist, aaaa1111 bbbb2222",
    "--detector, policy, ''",
    "--severity, high, aaaa1111",
    "--severity, low, aaaa1111 bbbb2222",
    "--since, 2026-11-03, aaaa1111",
    "--since, 2026-11-03T17:00:00+09:00, aaaa1111",
    "--since, 2026-11-03T17:00:01+0900, ''",
    "--since, 2026-11-03 17:00+09, aaaa1111",
    "--since, 2026-11-03T08:00, aaaa1111",
    "--since, 2026-11-03T08:00:00.000001, ''",
    "--until, 2026-11-02T09:00:00Z, bbbb2222"
  })
  void filters(String option, String value, String ids) throws IOException {
    sampleLog();
    assertThat(alerts(option, value)).isZero();
    List<String> found =
        services
            .out()
            .lines()
            .skip(1)
            .map(line -> line.split(" ", 2)[0])
            .filter(word -> word.length() == 8)
            .sorted()
            .toList();
    assertThat(String.join(" ", found)).isEqualTo(ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--detector | bogus | there is no detector 'bogus'; there are policy, watchlist",
        "--since | +09:00 | 2026-11-23T17:00:00+09:00",
        "--since | 08:00 | write 2026-11-23,",
        "--until | 2026-11-23T | or 2h for two hours ago"
      })
  void saysWhatItCannotUse(String option, String value, String why) {
    assertThat(alerts(option, value)).isEqualTo(2);
    assertThat(services.err()).contains(why);
  }

  @Test
  void findsAnAlertByTheNameOfAnEarlierRevisionAndShowsTheLatest() throws IOException {
    String time = "2026-11-03T08:00:00.000000+0000";
    log(
        "eve.json",
        line("aaaa1111", 1, time, 3, "enb-1", "203.0.113.9", "old.example"),
        line("aaaa1111", 2, time, 1, "enb-1", "203.0.113.9", "new.example"),
        line("bbbb2222", 1, time, 3, "cam-1", "198.51.100.7", "other.example"));
    for (String name : List.of("OLD.ex", "new.ex")) {
      assertThat(alerts("--name", name)).isZero();
      assertThat(services.out().lines().skip(1).map(line -> line.replaceAll(" {2,}", "|")))
          .containsExactly(
              "aaaa1111|2026-11-03"
                  + " 08:00:00|critical|enb-1|Huawei|203.0.113.9:443/tcp|new.example|2|Contact with"
                  + " a listed address",
              "1 alert");
    }
    alerts("--name", "old.ex", "--severity", "low", "--json");
    assertThat(services.out().lines()).singleElement().asString().contains("\"revision\":2");
    alerts("--name", "nowhere.example", "--count", "--json");
    assertThat(services.out()).startsWith("{\"alerts\":0,");
  }

  @Test
  void printsTheLinesThemselvesAsJson() throws IOException {
    sampleLog();
    assertThat(alerts("--json", "--severity", "critical")).isZero();
    assertThat(services.out()).isEqualTo(Files.readString(directory.resolve("eve.json")));
  }

  @Test
  void countsBySeverity() throws IOException {
    sampleLog();
    alerts("--count");
    assertThat(services.out())
        .isEqualTo("critical  1\nhigh      0\nmedium    0\nlow       1\nall       2\n");
    alerts("--count", "--json");
    assertThat(services.out())
        .isEqualTo("{\"alerts\":2,\"critical\":1,\"high\":0,\"medium\":0,\"low\":1}\n");
  }

  @Test
  void explainsOneAlertByTheFirstLettersOfItsId() throws IOException {
    sampleLog();
    assertThat(services.execute("alerts", "show", "-l", directory.toString(), "aaa")).isZero();
    assertThat(services.out())
        .contains("severity    critical (score 77)\n")
        .contains("equipment   enb-1, Huawei (known by cidr)\n")
        .contains("endpoint    203.0.113.9:443/tcp  x.example (from dns)\n")
        .contains("    - listed in c2.txt\n")
        .contains("evidence    evidence/aaaa1111.pcapng\n")
        .contains("packets     7 9\n")
        .contains("    1  2026-11-01 08:00:00.000001  medium ")
        .contains("    2  2026-11-03 08:00:00.000000  critical ");
  }

  @Test
  void showsFromTheDirectoryGivenToAlertsUnlessGivenItsOwn() throws IOException {
    sampleLog();
    assertThat(alerts("show", "aaa")).isZero();
    assertThat(services.out()).contains("evidence    evidence/aaaa1111.pcapng\n");
    Path other = directory.resolve("other");
    Files.createDirectory(other);
    assertThat(alerts("show", "-l", other.toString(), "aaa")).isEqualTo(1);
  }

  @Test
  void saysWhenAnIdIsUnknownOrNotUnique() throws IOException {
    log(
        "eve.json",
        line("aab", 1, "2026-11-01T08:00:00+0000", 1, "e", "203.0.113.9", "x"),
        line("aac", 1, "2026-11-01T08:00:00+0000", 1, "e", "203.0.113.9", "x"));
    assertThat(services.execute("alerts", "show", "-l", directory.toString(), "zz")).isEqualTo(1);
    assertThat(services.err()).isEqualTo("error: there is no alert zz\n");
    assertThat(services.execute("alerts", "show", "-l", directory.toString(), "aa")).isEqualTo(1);
    assertThat(services.err()).isEqualTo("error: several alerts begin so: aab aac\n");
  }

  @Test
  void readsCompressedLogs() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(
          (line("cccc", 1, "2026-11-01T08:00:00+0000", 1, "e", "203.0.113.9", "x") + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    Files.write(directory.resolve("eve-20261101T000000-0001.json.gz"), bytes.toByteArray());
    alerts("--count", "--json");
    assertThat(services.out()).startsWith("{\"alerts\":1,\"critical\":1,");
  }

  @Test
  void skipsAndCountsWhatIsNoLineOfOurs() throws IOException {
    String good = line("dddd", 1, "2026-11-01T08:00:00+0000", 1, "e", "203.0.113.9", "x");
    log(
        "eve.json",
        "{\"event_type\":\"alert\"",
        "{\"event_type\":\"alert\",\"x\":\"" + "y".repeat(AlertLog.LONGEST_LINE) + "\"}",
        "{\"event_type\":\"alert\",\"deep\":" + "[".repeat(1000) + "]".repeat(1000) + "}",
        "",
        good);
    assertThat(alerts("--json")).isZero();
    assertThat(services.out()).isEqualTo(good + "\n");
    assertThat(services.err()).isEqualTo("note: 3 lines could not be read\n");
  }

  @Test
  void textOfTheLogCannotMoveTheCursor() throws IOException {
    log(
        "eve.json",
        line("eeee", 1, "2026-11-01T08:00:00+0000", 1, "e", "203.0.113.9", "\\u001b[2J\\u202e"));
    alerts();
    assertThat(services.out()).contains("\\u001b[2J\\u202e").doesNotContain("\u001b");
    services.execute("alerts", "show", "-l", directory.toString(), "eeee");
    assertThat(services.out()).contains("\\u001b[2J\\u202e").doesNotContain("\u001b");
  }

  @Test
  void aDirectoryWithoutALogIsAnError() {
    assertThat(alerts()).isEqualTo(1);
    assertThat(services.err()).contains("there is no file");
  }

  @Test
  void holdsNoMoreAlertsThanAllowedAndCountsTheRest() {
    AlertBook book = new AlertBook(new AlertFilter(), 2);
    for (String id : List.of("a", "b", "c")) {
      byte[] bytes =
          line(id, 1, "2026-11-01T08:00:00+0000", 1, "e", "203.0.113.9", "x")
              .getBytes(StandardCharsets.UTF_8);
      book.accept(LoggedAlert.read(bytes, 0, bytes.length));
    }
    assertThat(book.list()).extracting(ShownAlert::id).containsExactly("b", "c");
    assertThat(book.forgotten()).isEqualTo(1);
  }

  @Test
  void understandsTimes() {
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    assertThat(AlertFilter.time("2h", now)).isEqualTo("2026-11-23T10:00:00Z");
    assertThat(AlertFilter.time("2026-11-23", now)).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(AlertFilter.time("2026-11-23T08:00:00", now)).isEqualTo("2026-11-23T08:00:00Z");
    assertThat(AlertFilter.time("2026-11-23 08:00:00", now)).isEqualTo("2026-11-23T08:00:00Z");
    assertThat(AlertFilter.time("2026-13-40", now)).isNull();
    assertThat(AlertFilter.time("soon", now)).isNull();
  }
}
