package dev.penstock.spring.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.penstock.spring.PenstockAutoConfiguration;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings below, pools above them, all else above those; and what an application may do without is known in one place. */
class StarterLayersTest {
    private static final String STARTER = "dev.penstock.spring";

    /** Those of the root that know what lies above them: they put it together, or load it early. */
    private static final String PUT_TOGETHER = ".*\\.(PenstockAutoConfiguration|Preload)(\\$.*)?";

    private static final JavaClasses ALL = new ClassFileImporter().importPath(location());

    private static Path location() {
        try {
            return Path.of(PenstockAutoConfiguration.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theRulesSeeTheStarter() {
        assertThat(ALL.stream().map(JavaClass::getSimpleName))
                .contains("HikariSwap", "PoolGuard", "PoolSettings", "TransactionTimeouts")
                .doesNotContain("StarterLayersTest");
    }

    // ---- layers ---------------------------------------------------------------------------------

    @Test
    void whatApplicationsSeeKnowsNothingOfTheRest() {
        noClasses()
                .that()
                .resideInAPackage(STARTER)
                .and()
                .haveNameNotMatching(PUT_TOGETHER)
                .should()
                .dependOnClassesThat(resideInAPackage(STARTER + ".*.."))
                .check(ALL);
    }

    @Test
    void settingsKnowNothingOfPools() {
        mayKnow("settings", STARTER, STARTER + ".settings..");
    }

    @Test
    void poolsKnowSettingsOnly() {
        mayKnow("pools", STARTER, STARTER + ".settings..", STARTER + ".pools");
    }

    private static void mayKnow(String layer, String... others) {
        noClasses()
                .that()
                .resideInAPackage(STARTER + "." + layer + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(STARTER + "..").and(not(resideInAnyPackage(others))))
                .check(ALL);
    }

    @Test
    void nothingGoesInCircles() {
        slices().matching(STARTER + ".(*)..").should().beFreeOfCycles().check(ALL);
    }

    // ---- what need not be there -----------------------------------------------------------------

    /** Each library is known where it is on the class path for sure: behind a condition of its own. */
    @ParameterizedTest
    @CsvSource({
        "com.zaxxer.hikari..,                             'pools observation'",
        "dev.penstock.hikari..,                           'pools observation'",
        "org.springframework.transaction..,               'transaction'",
        "org.springframework.boot.transaction..,          'transaction'",
        "org.springframework.jdbc..,                      ''",
        "org.springframework.boot.actuate..,              'actuate'",
        "org.springframework.boot.health..,               'actuate'",
        "io.micrometer.core..,                            'metrics'",
        "dev.penstock.metrics..,                          'metrics'",
        "org.springframework.boot.micrometer.metrics..,   'metrics'",
        "io.micrometer.observation..,                     'observation'",
        "org.springframework.boot.micrometer.observation..,'observation'",
    })
    void whatIsOptionalIsKnownInOnePlace(String library, String where) {
        String[] allowed = Arrays.stream(where.split(" ", -1))
                .map(name -> name.isEmpty() ? "nowhere" : STARTER + "." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that(not(resideInAnyPackage(allowed)))
                .and()
                .haveNameNotMatching(PUT_TOGETHER)
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(ALL);
    }

    /** But for time, how settings are called, and how things are told. */
    @Test
    void theLibraryIsUsedByWhatItShows() {
        noClasses()
                .that()
                .haveNameNotMatching(PUT_TOGETHER)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.penstock.internal..")
                        .and(not(resideInAnyPackage(
                                "dev.penstock.internal.events",
                                "dev.penstock.internal.failure",
                                "dev.penstock.internal.settings",
                                "dev.penstock.internal.time"))))
                .check(ALL);
    }
}
