package dev.headway.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.headway.core.job.JobStatus;
import dev.headway.server.http.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/**
 * The knowledge that each part of the program may have of others, and deeds that no part may do.
 */
@AnalyzeClasses(packages = "dev.headway", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] PROGRAMS = {
    "dev.headway.app..", "dev.headway.cli..", "dev.headway.bench..", "dev.headway.testkit.."
  };

  @ArchTest
  static final ArchRule core_knowsTheJdkAlone =
      classes()
          .that(resideInAPackage("dev.headway.core.."))
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("dev.headway.core..", "java..", "javax..", "org.jspecify.."));

  @ArchTest
  static final ArchRule server_knowsNoStoreAndNoApplication =
      noClasses()
          .that(resideInAPackage("dev.headway.server.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.headway.store..",
                  "dev.headway.filling..",
                  "dev.headway.spc..",
                  "dev.headway.fpl..",
                  "dev.headway.client..",
                  "dev.headway.cli..",
                  "dev.headway.app.."));

  @ArchTest
  static final ArchRule store_knowsTheCoreAlone =
      noClasses()
          .that(resideInAnyPackage("dev.headway.store..", "dev.headway.redis.."))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.headway..")
                  .and(
                      resideOutsideOfPackages(
                          "dev.headway.core..", "dev.headway.store..", "dev.headway.redis..")));

  @ArchTest
  static final ArchRule applications_doNotKnowEachOther =
      slices()
          .matching("dev.headway.(filling|spc|fpl)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule clients_doNotKnowTheServer =
      noClasses()
          .that(resideInAnyPackage("dev.headway.client..", "dev.headway.cli.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.headway.core..",
                  "dev.headway.server..",
                  "dev.headway.store..",
                  "dev.headway.app.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheCompositionRoot_knowsTheApplications =
      noClasses()
          .that(
              resideOutsideOfPackages(
                  "dev.headway.app..",
                  "dev.headway.bench..", // measures planners by themselves
                  "dev.headway.filling..",
                  "dev.headway.spc..",
                  "dev.headway.fpl.."))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.headway.filling..", "dev.headway.spc..", "dev.headway.fpl.."));

  @ArchTest
  static final ArchRule netty_staysInTheTransport =
      noClasses()
          .that(resideOutsideOfPackages("dev.headway.server.transport..", "dev.headway.bench.."))
          .should()
          .dependOnClassesThat(resideInAPackage("io.netty.."));

  @ArchTest
  static final ArchRule databases_stayInTheStores =
      noClasses()
          .that(resideOutsideOfPackages("dev.headway..store.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi.."));

  /* The document says shape and ranges; a tree is for samples by the thousand and for merging. */
  @ArchTest
  static final ArchRule bodies_areBoundToRecords =
      noClasses()
          .that(resideOutsideOfPackages("dev.headway.server.http.."))
          .and(DescribedPredicate.not(named("dev.headway.spc.app.SampleRoutes")))
          .and(DescribedPredicate.not(named("dev.headway.spc.app.CharacteristicRoutes")))
          .and(DescribedPredicate.not(named("dev.headway.fpl.app.SeasonRoutes")))
          .should()
          .callMethod(Request.class, "json");

  /* Callbacks and texts name a state; the list's filter reads one. */
  @ArchTest
  static final ArchRule jobs_areWrittenAsJsonInOnePlace =
      noClasses()
          .that(DescribedPredicate.not(within("dev.headway.server.stream.JobJson")))
          .and(DescribedPredicate.not(within("dev.headway.server.webhook.CallbackSender")))
          .and(DescribedPredicate.not(within("dev.headway.server.jobs.JobListQuery")))
          .and(DescribedPredicate.not(within("dev.headway.core.job.Decision")))
          .should()
          .callMethod(JobStatus.class, "wireName");

  /* Who asks for the time, sleeps or throws dice by itself cannot be tested step by step. */
  @ArchTest
  static final ArchRule timeAndChance_arePassedIn =
      noClasses()
          .that(resideOutsideOfPackages(PROGRAMS))
          .and(DescribedPredicate.not(named("dev.headway.server.ServerBuilder")))
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callConstructor(Random.class);

  /* The solver's child process has no log but its standard error stream. */
  @ArchTest
  static final ArchRule stackTraces_goToTheLog =
      noClasses()
          .that(resideOutsideOfPackages("dev.headway.app..", "dev.headway.cli.."))
          .and(DescribedPredicate.not(named("dev.headway.solver.ChildMain")))
          .should()
          .callMethodWhere(printStackTrace());

  /* A server does not have it on its class path. */
  @ArchTest
  static final ArchRule bench_isKnownToNothingElse =
      noClasses()
          .that(resideOutsideOfPackages("dev.headway.bench.."))
          .should()
          .dependOnClassesThat(resideInAPackage("dev.headway.bench.."));

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("dev.headway.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule names_sayWhatThingsAre =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Base)")
          .orShould()
          .haveNameMatching(".*\\.Abstract\\w+");

  @ArchTest
  static final ArchRule parameters_areAtMostFour =
      methods().that().areNotPrivate().should(takeAtMost(4));

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(name, type -> type.getName().equals(name));
  }

  /** A type and those that are nested in it. */
  private static DescribedPredicate<JavaClass> within(String name) {
    return DescribedPredicate.describe(
        name, type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
  }

  private static DescribedPredicate<JavaCall<?>> printStackTrace() {
    return DescribedPredicate.describe(
        "printStackTrace", call -> call.getTarget().getName().equals("printStackTrace"));
  }

  private static ArchCondition<JavaMethod> takeAtMost(int most) {
    return new ArchCondition<>("take at most " + most + " parameters") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        var taken = method.getRawParameterTypes().size();
        var synthetic = method.getModifiers().contains(JavaModifier.SYNTHETIC);
        if (taken > most && !synthetic) {
          events.add(
              SimpleConditionEvent.violated(
                  method, "%s takes %d parameters".formatted(method.getFullName(), taken)));
        }
      }
    };
  }
}
