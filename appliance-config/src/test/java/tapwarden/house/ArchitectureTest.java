package tapwarden.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls of the house: who may know whom. */
class ArchitectureTest {
  private static final String INSPECT = "tapwarden.inspect.";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("tapwarden");

  @Test
  void everythingWasLookedAt() {
    assertThat(ALL.size()).isGreaterThan(300);
    for (String module : new String[] {"capture", "inspect", "appliance"}) {
      assertThat(ALL.stream().filter(c -> c.getPackageName().startsWith("tapwarden." + module)))
          .as(module)
          .hasSizeGreaterThan(30);
    }
  }

  @TestFactory
  Stream<DynamicTest> walls() {
    return Stream.of(
            rule(
                "capture knows nobody",
                "tapwarden.capture..",
                INSPECT + ".",
                "tapwarden.appliance.."),
            rule("inspect does not know the appliance", INSPECT + ".", "tapwarden.appliance.."),
            rule("wire imports nothing of ours", INSPECT + "wire..", (Object) except("wire")),
            rule(
                "decode sees wire only",
                INSPECT + "decode..",
                in("flow", "codec", "json", "names", "equipment", "intel", "alert", "protocol"),
                in("detect", "sink", "pipeline", "fragment")),
            rule(
                "fragments are put together below flows",
                INSPECT + "fragment..",
                in("flow", "codec", "json", "names", "equipment", "intel", "alert", "protocol"),
                in("detect", "sink", "pipeline", "stream")),
            rule("flows know no fragments", INSPECT + "flow..", (Object) in("fragment")),
            rule(
                "flow is below protocols",
                INSPECT + "flow..",
                in("names", "equipment", "intel", "alert", "protocol", "detect", "sink"),
                in("pipeline")),
            rule(
                "codecs are below protocols",
                INSPECT + "codec..",
                in("names", "equipment", "intel", "alert", "protocol", "detect", "sink"),
                in("pipeline", "flow", "decode")),
            rule("json knows nobody", INSPECT + "json..", (Object) except("json")),
            rule(
                "protocols know no detector, alert or sink",
                INSPECT + "protocol..",
                (Object) in("detect", "alert", "sink", "pipeline")),
            rule("detectors know no sink", INSPECT + "detect..", (Object) in("sink", "pipeline")),
            rule("nobody knows the pipeline", outsidePipeline(), INSPECT + "pipeline.."),
            only("pcap4j", "org.pcap4j..", "tapwarden.capture.source.live.."),
            only("JNA", "com.sun.jna..", "tapwarden.capture.source.live.."),
            only(
                "the Disruptor",
                "com.lmax.disruptor..",
                "tapwarden.capture.ring..",
                INSPECT + "pipeline.."),
            only("Netty", "io.netty..", "tapwarden.appliance.console.."),
            only("YAML", "org.snakeyaml..", "tapwarden.appliance.config.."),
            only("picocli", "picocli..", "tapwarden.appliance.cli.."))
        .map(named -> DynamicTest.dynamicTest(named.name, () -> named.rule.check(ALL)));
  }

  @Test
  void foreignCallsAreMadeInTheLiveSourceOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("tapwarden.capture.source.live..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .check(ALL);
  }

  @Test
  void wallTimeIsReadInTheApplianceOnly() {
    noClasses()
        .that()
        .resideInAnyPackage("tapwarden.inspect..", "tapwarden.capture..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(ALL);
  }

  @Test
  void noDetectorKnowsAnother() {
    slices().matching("tapwarden.inspect.detect.(*)..").should().notDependOnEachOther().check(ALL);
  }

  @Test
  void noProtocolKnowsAnother() {
    slices()
        .matching("tapwarden.inspect.protocol.(*)..")
        .should()
        .notDependOnEachOther()
        .check(ALL);
  }

  @Test
  void packagesOfAModuleAreFreeOfCycles() {
    slices().matching("tapwarden.capture.(**)").should().beFreeOfCycles().check(ALL);
    slices().matching("tapwarden.inspect.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackages("tapwarden.appliance..", "tapwarden.benchmarks..")
        .and()
        .doNotHaveSimpleName("OuiTableBuilder")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ALL);
  }

  @Test
  void nothingIsSentFromTheCapturePort() {
    classes()
        .that()
        .resideInAPackage("tapwarden.capture.source.live..")
        .should()
        .onlyCallMethodsThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "do not send", method -> !method.getName().startsWith("sendPacket")))
        .check(ALL);
  }

  private record Named(String name, ArchRule rule) {}

  private static Named rule(String name, String who, Object... mayNotKnow) {
    return new Named(
        name,
        noClasses()
            .that()
            .resideInAPackage(who)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(flatten(mayNotKnow)));
  }

  private static Named rule(String name, String[] who, String mayNotKnow) {
    return new Named(
        name,
        noClasses()
            .that()
            .resideInAnyPackage(who)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(mayNotKnow));
  }

  private static Named only(String name, String library, String... users) {
    return new Named(
        name + " is known in its place only",
        noClasses()
            .that()
            .resideInAPackage("tapwarden..")
            .and()
            .resideOutsideOfPackages(users)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  private static String[] flatten(Object[] packages) {
    return Stream.of(packages)
        .flatMap(p -> p instanceof String[] many ? Stream.of(many) : Stream.of((String) p))
        .toArray(String[]::new);
  }

  private static String[] in(String... names) {
    return Stream.of(names).map(n -> INSPECT + n + "..").toArray(String[]::new);
  }

  private static final String[] PACKAGES = {
    "wire",
    "decode",
    "fragment",
    "flow",
    "codec",
    "json",
    "names",
    "equipment",
    "intel",
    "alert",
    "protocol",
    "detect",
    "sink",
    "pipeline"
  };

  private static String[] except(String own) {
    return Stream.concat(
            Stream.of(PACKAGES).filter(n -> !n.equals(own)).map(n -> INSPECT + n + ".."),
            Stream.of("tapwarden.capture..", "tapwarden.appliance.."))
        .toArray(String[]::new);
  }

  private static String[] outsidePipeline() {
    return Stream.of(PACKAGES)
        .filter(n -> !n.equals("pipeline"))
        .map(n -> INSPECT + n + "..")
        .toArray(String[]::new);
  }
}
