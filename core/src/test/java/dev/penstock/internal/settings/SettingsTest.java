package dev.penstock.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BreakerSettings;
import dev.penstock.BudgetSettings;
import dev.penstock.ConnectSettings;
import dev.penstock.GateSettings;
import dev.penstock.JmxSettings;
import dev.penstock.LeaseSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final List<String> LIMITS = Arrays.stream(SessionLimit.values())
            .map(limit -> limit.setting().substring("penstock.session.".length()))
            .toList();

    @Test
    void keysAndDefaultsAreWhatTheDocumentationPromises() {
        assertThat(Settings.all().stream().map(setting -> setting.key() + " = " + setting.defaultText()))
                .containsExactly(
                        "enabled = true",
                        "connect.deadline = 30s",
                        "connect.racing = true",
                        "connect.attemptDelay = 250ms",
                        "connect.maxParallelSessions = 3",
                        "connect.dnsPatience = min(1s, connect.deadline/4)",
                        "connect.dnsMaxStale = 1h",
                        "connect.tcpKeepAlive = true",
                        "connect.resolver = system",
                        "connect.credentials = none",
                        "breaker.mode = on",
                        "breaker.failures = 3",
                        "breaker.openInterval = 250ms",
                        "breaker.rampUp = 5",
                        "gate.failFastAfter = the pool's connectionTimeout",
                        "leases.detection = true",
                        "leases.suspectAfter = 30s",
                        "leases.stacksPerSecond = 50",
                        "leases.reclaim = never",
                        "leases.reclaimInTransaction = false",
                        "leases.showSql = false",
                        "leases.lockDiagnosis = false",
                        "session.statementTimeout = unset",
                        "session.lockTimeout = unset",
                        "session.idleInTransactionTimeout = unset",
                        "session.transactionTimeout = unset",
                        "session.idleSessionTimeout = unset",
                        "session.grace = 1s",
                        "session.cancelLimit = 1s",
                        "session.pooler = auto",
                        "session.setLocal = false",
                        "session.clientConnectionCheckInterval = unset",
                        "session.exempt = org.flywaydb, liquibase",
                        "budget.plan = none",
                        "budget.check = warn",
                        "budget.service = the plan's only service",
                        "budget.instance = HOSTNAME, else the host's name, else the process id",
                        "jmx.enabled = HikariCP's registerMbeans, else false",
                        "jmx.writes = false",
                        "listeners = 0");
    }

    @Test
    void everyDefaultKeepsItsRule() {
        Settings.validate(SettingValues.none());
    }

    @Test
    void everySettingHasAnAccessorAndABuilderMethodOfItsName() {
        assertMethods("connect.", ConnectSettings.class, ConnectSettings.Builder.class);
        assertMethods("breaker.", BreakerSettings.class, BreakerSettings.Builder.class);
        assertMethods("gate.", GateSettings.class, GateSettings.Builder.class);
        assertMethods("leases.", LeaseSettings.class, LeaseSettings.Builder.class);
        assertMethods("jmx.", JmxSettings.class, JmxSettings.Builder.class);
        assertMethods("budget.", BudgetSettings.class, BudgetSettings.Builder.class, "applicationName");
        assertMethods("session.", SessionSettings.class, SessionSettings.Builder.class, "timeouts");
    }

    /** Methods of the same names; for some settings one that tells all of them. */
    private static void assertMethods(String prefix, Class<?> settings, Class<?> builder, String... together) {
        List<String> names = Settings.all().stream()
                .map(Setting::key)
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .toList();
        assertThat(names).isNotEmpty();
        assertThat(publicMethods(builder)).containsExactlyInAnyOrderElementsOf(names);
        List<String> toldTogether = together.length == 0 ? List.of() : LIMITS;
        assertThat(publicMethods(settings))
                .containsAll(List.of(together))
                .filteredOn(name -> !List.of(together).contains(name))
                .containsExactlyInAnyOrderElementsOf(names.stream()
                        .filter(name -> !toldTogether.contains(name))
                        .toList());
    }

    @Test
    void configurationTellsEverySettingInOrder() {
        assertThat(PenstockConfig.defaults().settings())
                .extracting(setting -> setting.key())
                .containsExactlyElementsOf(
                        Settings.all().stream().map(Setting::fullKey).toList());
    }

    private static List<String> publicMethods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .toList();
    }

    @Test
    void everySettingIsInTheList() throws IllegalAccessException {
        for (var field : Settings.class.getFields()) {
            if (field.getType() == Setting.class) {
                assertThat(Settings.all()).contains((Setting<?>) field.get(null));
            }
        }
        assertThat(Arrays.stream(Settings.class.getFields()).filter(field -> field.getType() == Setting.class))
                .hasSameSizeAs(Settings.all());
    }
}
