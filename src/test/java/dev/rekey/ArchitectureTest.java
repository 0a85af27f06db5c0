package dev.rekey;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may know which, and what may be said in it (design, section 3). */
class ArchitectureTest {

  private static final String[] SKINS = rooms("functions", "cli");
  private static final String[] APP = rooms("app");
  private static final Set<String> ADAPTER_NAMES =
      Set.of(
          "web",
          "keyvault",
          "aks",
          "kubernetes",
          "storage",
          "eventgrid",
          "telemetry",
          "simulation");
  private static final String[] ADAPTERS = rooms(ADAPTER_NAMES.toArray(String[]::new));
  private static final String[] SERVICE = rooms("service");
  private static final String[] PURE = rooms("operation", "reencryption", "fleet", "key");

  /** From the ground up. */
  private static final List<String[]> FLOORS = List.of(PURE, SERVICE, ADAPTERS, APP, SKINS);

  private static final String[] PLAIN_JAVA = {
    "java.lang",
    "java.lang.annotation",
    "java.lang.invoke",
    "java.lang.runtime",
    "java.math",
    "java.nio.charset",
    "java.security",
    "java.text",
    "java.time..",
    "java.util",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
  };

  private static final DescribedPredicate<JavaClass> STARTS_SOMETHING =
      belongToAnyOf(Thread.class, Process.class, ProcessBuilder.class, Runtime.class, Timer.class);

  private static final DescribedPredicate<JavaClass> PRIMITIVE =
      describe("primitive", JavaClass::isPrimitive);

  private static final String[] WIRE_FORMATS_AND_SDKS = {
    "com.azure..",
    "com.fasterxml..",
    "com.google..",
    "io.kubernetes..",
    "java.net.http..",
    "okhttp3..",
    "okio..",
    "org.yaml..",
  };

  /** What all of Azure's clients share: the composition makes it once and hands it to each. */
  private static final DescribedPredicate<JavaClass> CREDENTIAL_AND_TRANSPORT =
      resideInAnyPackage("com.azure.core.credential", "com.azure.core.http", "com.azure.identity");

  /** {@code Instant.now()} and its kin; with a clock as its argument it asks the clock. */
  private static final Pattern NOW =
      Pattern.compile("java\\.time\\..*\\.now\\((java\\.time\\.ZoneId)?\\)");

  private static final Set<String> ASKS_THE_MACHINE =
      Set.of(
          "java.lang.Math.random(",
          "java.lang.StrictMath.random(",
          "java.lang.System.currentTimeMillis(",
          "java.lang.System.nanoTime(",
          "java.lang.Thread.sleep(",
          "java.security.SecureRandom.",
          "java.time.Clock.system",
          "java.time.Clock.tickM",
          "java.time.Clock.tickS",
          "java.util.Date.<init>()",
          "java.util.Random.<init>()",
          "java.util.SplittableRandom.<init>()",
          "java.util.UUID.randomUUID(",
          "java.util.concurrent.ThreadLocalRandom.",
          "java.util.concurrent.TimeUnit.sleep(",
          "java.util.concurrent.locks.LockSupport.park");

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.rekey");
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("dev.rekey");

  @Test
  void imports_point_downwards_only() {
    for (int upper = 1; upper < FLOORS.size(); upper++) {
      for (int lower = 0; lower < upper; lower++) {
        check(
            noClasses()
                .that()
                .resideInAnyPackage(FLOORS.get(lower))
                .should()
                .dependOnClassesThat(are(resideInAnyPackage(FLOORS.get(upper)))));
      }
    }
  }

  @Test
  void every_class_lives_in_a_room() {
    check(
        classes()
            .that()
            .doNotHaveSimpleName("package-info")
            .should()
            .resideInAnyPackage(FLOORS.stream().flatMap(Stream::of).toArray(String[]::new)));
  }

  @Test
  void adapters_do_not_know_each_other() {
    check(
        slices()
            .matching("dev.rekey.(*)..")
            .that(describe("are adapters", room -> ADAPTER_NAMES.contains(room.getNamePart(1))))
            .should()
            .notDependOnEachOther());
  }

  @Test
  void rooms_depend_on_each_other_without_circles() {
    check(slices().matching("dev.rekey.(*)..").should().beFreeOfCycles());
  }

  @Test
  void the_command_line_does_not_know_the_functions() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(rooms("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(rooms("functions")));
  }

  @Test
  void the_functions_reach_neither_the_simulation_nor_the_command_line() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(rooms("functions"))
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAnyPackage(rooms("simulation", "cli")));
  }

  @Test
  void pure_rooms_know_each_other_and_plain_java_only() {
    check(
        classes()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .onlyDependOnClassesThat(
                are(
                    resideInAnyPackage(PURE)
                        .or(PRIMITIVE)
                        .or(resideInAnyPackage(PLAIN_JAVA).and(not(STARTS_SOMETHING)))
                        .or(resideInAPackage("org.jspecify.annotations"))
                        .or(
                            belongToAnyOf(
                                Serializable.class,
                                URI.class,
                                URISyntaxException.class,
                                ByteBuffer.class)))));
  }

  @Test
  void use_cases_and_ports_speak_the_domain_and_java_only() {
    check(
        classes()
            .that()
            .resideInAnyPackage(SERVICE)
            .should()
            .onlyDependOnClassesThat(
                are(
                    resideInAnyPackage("dev.rekey..", "java..", "org.jspecify.annotations")
                        .or(PRIMITIVE))));
  }

  @Test
  void only_adapters_know_wire_formats_and_sdks() {
    check(
        noClasses()
            .that(not(resideInAnyPackage(ADAPTERS)))
            .should()
            .dependOnClassesThat(
                are(resideInAnyPackage(WIRE_FORMATS_AND_SDKS).and(not(CREDENTIAL_AND_TRANSPORT)))));
    check(
        noClasses()
            .that(not(resideInAnyPackage(ADAPTERS).or(resideInAnyPackage(APP))))
            .should()
            .dependOnClassesThat(are(CREDENTIAL_AND_TRANSPORT)));
  }

  @Test
  void time_chance_and_waiting_come_in_through_constructors() {
    check(
        noClasses()
            .that(not(resideInAnyPackage(ADAPTERS).or(resideInAnyPackage(APP))))
            .should()
            .accessTargetWhere(asksTheMachine().or(drawsNumbers())));
  }

  @Test
  void the_simulation_has_its_own_time_and_its_seed() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(rooms("simulation"))
            .should()
            .accessTargetWhere(asksTheMachine()));
  }

  @Test
  void names_say_what_a_class_is() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helpers?|Utils?|Utility|Utilities|Impl|Data|Infos?)"));
  }

  /** The build also refuses reports that hold a skipped test, whatever skipped it. */
  @Test
  void no_test_is_switched_off() {
    Set<String> switches =
        Set.of(
            "org.junit.jupiter.api.Assumptions",
            "org.junit.jupiter.api.Disabled",
            "org.assertj.core.api.Assumptions",
            "org.opentest4j.TestAbortedException");
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.junit.jupiter.api.condition..")
                .or(describe("switch tests off", type -> switches.contains(type.getName()))))
        .because("a test is mended or deleted")
        .check(TESTS);
  }

  private static String[] rooms(String... names) {
    return Stream.of(names).map(name -> "dev.rekey." + name + "..").toArray(String[]::new);
  }

  /** An array counts as what it is an array of. */
  private static DescribedPredicate<JavaClass> are(DescribedPredicate<? super JavaClass> kind) {
    return describe(kind.getDescription(), type -> kind.test(type.getBaseComponentType()));
  }

  private static DescribedPredicate<JavaAccess<?>> asksTheMachine() {
    return describe(
        "asks the machine for the time, for chance or to wait",
        access -> {
          String target = access.getTarget().getFullName();
          boolean readsTheTime = NOW.matcher(target).matches();
          return readsTheTime || ASKS_THE_MACHINE.stream().anyMatch(target::startsWith);
        });
  }

  private static DescribedPredicate<JavaAccess<?>> drawsNumbers() {
    return describe(
        "draws random numbers",
        access ->
            access.getTarget().getName().equals("<init>")
                && access.getTargetOwner().isAssignableTo(RandomGenerator.class));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCTION);
  }
}
