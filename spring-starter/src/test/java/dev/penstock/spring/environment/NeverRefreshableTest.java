package dev.penstock.spring.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class NeverRefreshableTest {
    private static final String HIKARI = HikariDataSource.class.getName();

    private final MockEnvironment environment = new MockEnvironment();

    private String[] neverRefreshable() {
        new NeverRefreshable().postProcessEnvironment(environment, new SpringApplication());
        return environment.getProperty(NeverRefreshable.PROPERTY, "").split(",");
    }

    private static String[] oursAnd(String... others) {
        List<String> all = new ArrayList<>(NeverRefreshable.OURS);
        all.addAll(List.of(others));
        return all.toArray(String[]::new);
    }

    @Test
    void oursAreAddedToSpringCloudsDefault() {
        assertThat(neverRefreshable()).containsExactlyInAnyOrder(oursAnd(HIKARI));
    }

    @Test
    void whatTheApplicationNamesIsKept() {
        environment.setProperty(NeverRefreshable.PROPERTY, "com.example.Mine, com.example.Other");
        assertThat(neverRefreshable())
                .containsExactlyInAnyOrder(oursAnd(HIKARI, "com.example.Mine", "com.example.Other"));
    }

    @Test
    void aListInYamlIsKept() {
        environment.setProperty(NeverRefreshable.PROPERTY + "[0]", "com.example.Mine");
        environment.setProperty(NeverRefreshable.PROPERTY + "[1]", HIKARI);
        assertThat(neverRefreshable()).containsExactlyInAnyOrder(oursAnd(HIKARI, "com.example.Mine"));
    }

    @Test
    void nothingIsSetWhilePenstockIsOff() {
        environment.setProperty("penstock.enabled", "false");
        assertThat(neverRefreshable()).containsExactly("");
    }

    /** Spring Cloud compares names of classes: a new subclass has to be added. */
    @Test
    void everyHikariDataSourceOfOursIsThere() {
        List<String> subclasses = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.penstock")
                        .that(JavaClass.Predicates.assignableTo(HikariDataSource.class))
                        .stream()
                        .map(JavaClass::getName)
                        .toList();
        assertThat(subclasses).isNotEmpty().isSubsetOf(NeverRefreshable.OURS);
    }
}
