package dev.penstock.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.penstock.architecture.ProductionClasses.ALL;

import java.net.Socket;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependencies point down only, and a stage knows no more than it needs. */
class LayersTest {
    private static final String INTERNAL = "dev.penstock.internal.";

    /** What each internal package may use; the root package stands for its plain types of the public API. */
    @ParameterizedTest
    @CsvSource({
        "time,    ''",
        "events,  root",
        "failure, root",
        "socket,  time",
        "settings, root failure plans",
        "target,  root failure settings",
        "order,   target time",
        "race,    target",
        "resolve, root time",
        "server,  root events order",
        "session, root server socket target time",
        "connect, root events failure order race resolve server session settings socket target time",
        "breaker, root connect events session time",
        "gate,    root breaker time",
        "sweep,   events time",
        "watchdog, root events session socket sweep time",
        "lease,   root events server session sweep time watchdog",
        "jmx,     root",
        "budget,  root plans live connect events time",
        "wiring,  root breaker connect events gate lease server session target time watchdog",
    })
    void aStageUsesOnlyWhatLiesBelow(String stage, String below) {
        String[] allowed = allowed(stage, below);
        noClasses()
                .that()
                .resideInAPackage(INTERNAL + stage)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.penstock..").and(not(resideInAnyPackage(allowed))))
                .check(ALL);
    }

    private static String[] allowed(String stage, String below) {
        return Stream.concat(
                        Stream.of(INTERNAL + stage),
                        Arrays.stream(below.split(" ", -1))
                                .filter(name -> !name.isEmpty())
                                .map(LayersTest::packageOf))
                .toArray(String[]::new);
    }

    private static String packageOf(String name) {
        return switch (name) {
            case "root" -> "dev.penstock";
            case "plans" -> "dev.penstock.budget";
            case "live" -> "dev.penstock.budget.live";
            default -> INTERNAL + name;
        };
    }

    @Test
    void everyInternalPackageIsOneOfThose() {
        classes()
                .that()
                .resideInAPackage("dev.penstock.internal..")
                .should()
                .resideInAnyPackage(
                        INTERNAL + "time",
                        INTERNAL + "events",
                        INTERNAL + "failure",
                        INTERNAL + "socket",
                        INTERNAL + "settings",
                        INTERNAL + "target",
                        INTERNAL + "order",
                        INTERNAL + "race",
                        INTERNAL + "resolve",
                        INTERNAL + "server",
                        INTERNAL + "session",
                        INTERNAL + "connect",
                        INTERNAL + "breaker",
                        INTERNAL + "gate",
                        INTERNAL + "sweep",
                        INTERNAL + "watchdog",
                        INTERNAL + "lease",
                        INTERNAL + "jmx",
                        INTERNAL + "budget",
                        INTERNAL + "wiring")
                .check(ALL);
    }

    /** The calculator is pure: plain values in, plain values out. */
    @Test
    void theBudgetKnowsNothingButArithmetic() {
        classes()
                .that()
                .resideInAPackage("dev.penstock.budget")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.penstock.budget",
                        "java.lang..",
                        "java.time..",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify.annotations")
                .check(ALL);
    }

    /** Whoever asks a server for its budget sees its statements, but no pool, no connector and no log. */
    @Test
    void theBudgetProbeKnowsTheDriverAndHowToAskOnce() {
        classes()
                .that()
                .resideInAPackage("dev.penstock.budget.live")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.penstock.budget..",
                        INTERNAL + "server",
                        "java.lang..",
                        "java.sql",
                        "java.time",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify.annotations",
                        "org.postgresql..")
                .check(ALL);
    }

    /** It is optional: whoever has none on the class path must not miss it. */
    @Test
    void onlyTheMetricsKnowMicrometerAndNobodyKnowsTheMetrics() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.penstock.metrics")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "dev.penstock.metrics")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("dev.penstock.metrics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.penstock.internal..")
                .check(ALL);
    }

    /** It is optional too. Without Jupiter there is PenstockLeaks, so that what that needs knows nothing of it. */
    @Test
    void onlyTheTestSupportKnowsJUnitAndNobodyKnowsTheTestSupport() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.penstock.testing")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.junit..", "org.opentest4j..", "dev.penstock.testing")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("dev.penstock.testing")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.penstock.internal..").and(not(resideInAPackage(INTERNAL + "time"))))
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("dev.penstock.testing")
                .and()
                .doNotHaveSimpleName("PenstockLeakExtension")
                .and()
                .doNotHaveSimpleName("DataSourceFields")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(ALL);
    }

    /** Nor need a JVM have the module java.management. */
    @Test
    void onlyOnePackageKnowsJmx() {
        noClasses()
                .that()
                .resideOutsideOfPackage(INTERNAL + "jmx")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.management..", "java.lang.management..")
                .check(ALL);
    }

    @Test
    void internalPackagesFormNoCycle() {
        slices().matching("dev.penstock.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(ALL);
    }

    @Test
    void stagesBeforeTheSessionKnowNoDriver() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        INTERNAL + "race",
                        INTERNAL + "order",
                        INTERNAL + "resolve",
                        INTERNAL + "time",
                        INTERNAL + "socket")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.postgresql..", "java.sql..", "javax.sql..")
                .check(ALL);
    }

    @Test
    void theRaceKnowsNoThreadAndNoSocket() {
        noClasses()
                .that()
                .resideInAPackage(INTERNAL + "race")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.nio..", "java.io..", "javax.net..", "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Socket.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.penstock.internal.time.Ticker")
                .check(ALL);
    }

    @Test
    void onlyTheEventsLogBesideThePublicConnector() {
        noClasses()
                .that()
                .resideInAPackage("dev.penstock.internal..")
                .and()
                .resideOutsideOfPackage(INTERNAL + "events")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j..")
                .check(ALL);
    }
}
