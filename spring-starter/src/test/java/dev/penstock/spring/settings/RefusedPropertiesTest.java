package dev.penstock.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.InvalidSettingException;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedPropertiesTest {
    private static InvalidPropertyException refused(Env env) {
        return catchThrowableOfType(InvalidPropertyException.class, env::settings);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            penstock.connect.deadline=5        | needs a unit, as in 250ms, 5s, 1m, 1h or PT5S
            penstock.connect.deadline=         | must be a duration such as 250ms, 5s, 1m, 1h or PT5S
            penstock.connect.deadline=2d       | must be a duration such as 250ms, 5s, 1m, 1h or PT5S
            penstock.connect.deadline=25h      | must be greater than zero and at most 24h
            penstock.breaker.failures=0        | must be between 1 and 100
            penstock.breaker.failures=three    | must be a whole number
            penstock.breaker.mode=true         | must be one of on, observe, off
            penstock.leases.reclaim=after(0s)  | after(duration) must be greater than zero and at most 24h
            penstock.session.exempt=           | must be names of packages with commas between them, or none
            penstock.budget.instance=          | must not be blank
            penstock.budget.check=fatal        | must be one of off, warn, fail
            penstock.enabled=fals              | must be true or false
            penstock.enabled=                  | must be true or false
            penstock.metrics.enabled=yes       | must be true or false
            penstock.events.per-minute=1.5     | must be a whole number from 1 to 6000
            penstock.exclude=                  | must be names of beans with commas between them
            penstock.connect.resolver=dns      | can be set in code only
            penstock.listeners=a               | can be set in code only
            penstock.connect.deadlin=5s        | is not a property of Penstock's; did you mean penstock.connect.deadline?
            penstock.deadline=5s               | is not a property of Penstock's; did you mean penstock.connect.deadline?
            penstock.metric.enabled=true       | is not a property of Penstock's; did you mean penstock.metrics.enabled?
            penstock.connect.deadline.min=5s   | is not a property of Penstock's; did you mean penstock.connect.deadline?
            penstock.connect.deadline[0]=5s    | is not a property of Penstock's; did you mean penstock.connect.deadline?
            penstock.session.exempt[1]=a       | must not be there without penstock.session.exempt[0]
            penstock.pools.a.include=a         | is not a property of one pool; set it for all of them, penstock.include
            penstock.pools.a.breaker.failure=1 | is not a property of Penstock's; did you mean penstock.pools.a.breaker.failures?
            penstock.pools.my.ds.breaker.failures=1 | is not a property of Penstock's; of a bean 'my.ds' it is penstock.pools[my.ds].breaker.failures
            penstock.connect.deadline=${GONE}  | must have placeholders that can be resolved
            penstock.connect.deadline=${penstock.connect.deadline} | must have placeholders that can be resolved
            penstock.enabled=${GONE}           | must have placeholders that can be resolved
            """)
    void withItsRuleAndPlace(String line, String rule) {
        InvalidPropertyException refused = refused(Env.properties(line));

        assertThat(refused.rule()).isEqualTo(rule);
        assertThat(refused.property()).isEqualTo(line.substring(0, line.indexOf('=')));
        assertThat(refused.value()).isEqualTo("'" + line.substring(line.indexOf('=') + 1) + "'");
        // an empty value is said to stand in the line after it
        assertThat(refused.origin()).matches("application.properties - [12]:" + (line.indexOf('=') + 2));
    }

    @Test
    void whatNothingIsLikeSaysWhatThereIs() {
        assertThat(refused(Env.properties("penstock.xyzzyxyzzyxyzzyxyzzy=1")).rule())
                .startsWith(
                        "is not a property of Penstock's; properties are penstock.enabled, penstock.connect.deadline,")
                .contains("penstock.metrics.enabled");
    }

    @Test
    void oneOfAPoolWithoutADataSourceIsCheckedToo() {
        assertThat(refused(Env.properties("penstock.pools.orders.connect.deadline=5"))
                        .property())
                .isEqualTo("penstock.pools.orders.connect.deadline");
    }

    @Test
    void codeOnlyAdvisesACustomizer() {
        assertThat(refused(Env.properties("penstock.connect.credentials=vault")).advice())
                .contains("dev.penstock.spring.PenstockConfigCustomizer");
    }

    // ---- contradictions ---------------------------------------------------------------------------

    @Test
    void ofTwoThatContradictEachOtherBothAreTold() {
        InvalidPropertyException refused = refused(Env.yaml(
                "penstock:",
                "  session:",
                "    lock-timeout: 10s",
                "  pools:",
                "    orders:",
                "      session:",
                "        statement-timeout: 5s"));

        assertThat(refused)
                .hasMessage("penstock.session.lock-timeout must be less than"
                        + " penstock.pools.orders.session.statement-timeout=5s (application.yml - 7:28), but was '10s'"
                        + " (application.yml - 3:19)");
    }

    @Test
    void oneOfThemMayBeCodes() {
        PoolSettings settings =
                Env.properties("penstock.session.statement-timeout=5s").settings();

        assertThatThrownBy(() -> settings.of(
                        "ds", Stream.of((bean, config) -> config.session(s -> s.lockTimeout(Duration.ofSeconds(10))))))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessage("penstock.session.lock-timeout must be less than penstock.session.statement-timeout=5s"
                        + " (application.properties - 1:36), but was '10s' (set in code)");
    }

    @Test
    void whatCodeAloneGetsWrongIsTheLibrarysToSay() {
        assertThatThrownBy(() -> Env.properties("penstock.connect.deadline=5s")
                        .settings()
                        .of("ds", Stream.of((bean, config) -> config.breaker(b -> b.failures(0)))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("penstock.breaker.failures must be between 1 and 100, but was 0");
    }

    @Test
    void whatNeedsAPlanIsRefusedWhenThePoolIsMade() {
        PoolSettings settings = Env.properties("penstock.budget.check=fail").settings();

        assertThatThrownBy(() -> settings.of("ds", Stream.empty()))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith("penstock.budget.check must not be fail without penstock.budget.plan");
    }

    // ---- names of pools ---------------------------------------------------------------------------

    @Test
    void aPoolThatDoesNotExist() {
        PoolSettings settings =
                Env.properties("penstock.pools.order.connect.deadline=5s").settings();

        assertThat(settings.namesPools()).isTrue();
        assertThatThrownBy(() -> settings.checkPools(Set.of("orders", "billing")))
                .hasMessage("penstock.pools.order.connect.deadline must be of a DataSource; did you mean orders?,"
                        + " but was '5s' (application.properties - 1:39)");
        settings.checkPools(Set.of("order"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"include", "exclude"})
    void aListThatNamesNoBean(String list) {
        PoolSettings settings =
                Env.properties("penstock." + list + "=orders, warehouse").settings();

        assertThat(settings.namesPools()).isTrue();
        assertThatThrownBy(() -> settings.checkPools(Set.of("orders", "billing")))
                .hasMessage("penstock." + list + " must name DataSources only, and 'warehouse' is none; the beans are"
                        + " billing, orders, but was 'orders, warehouse' (application.properties - 1:18)");
        settings.checkPools(Set.of("orders", "warehouse"));
    }

    // ---- secrets ----------------------------------------------------------------------------------

    @Test
    void aSecretIsNowhere() {
        Env unknown = Env.properties("penstock.connect.password=hunter2");
        Env placeholder = Env.properties("penstock.connect.deadline=${DB_PASSWORD}")
                .andVariables(Map.of("DB_PASSWORD", "hunter2"));
        Env url = Env.properties("penstock.breaker.mode=jdbc:postgresql://app:hunter2@db/app?password=hunter2");

        for (Env env : new Env[] {unknown, placeholder, url}) {
            InvalidPropertyException refused = refused(env);
            assertThat(refused).hasStackTraceContaining("***");
            assertThat(org.assertj.core.util.Throwables.getStackTrace(refused)).doesNotContain("hunter2");
        }
        assertThat(refused(placeholder).value()).isEqualTo("'***', from '${DB_PASSWORD}'");
    }

    @Test
    void whatComesFromAPlaceholderSaysSo() {
        assertThat(refused(Env.properties("penstock.connect.deadline=${DB_DEADLINE:5}"))
                        .value())
                .isEqualTo("'5', from '${DB_DEADLINE:5}'");
    }

    @Test
    void aValueStaysInItsLine() {
        assertThat(refused(Env.yaml("penstock.breaker.mode: \"on\\n\\e[31m\"")).value())
                .isEqualTo("'on\\u000a\\u001b[31m'");
    }
}
