package dev.penstock.spring.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BreakerMode;
import dev.penstock.BudgetCheck;
import dev.penstock.PenstockConfig;
import dev.penstock.internal.settings.StartupLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.PropertySource;

class PoolSettingsTest {
    @Test
    void nothingSetIsTheDefault() {
        assertThat(Env.empty().configOf("dataSource").settings())
                .isEqualTo(PenstockConfig.defaults().settings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "penstock.connect.attempt-delay",
                "penstock.connect.attemptDelay",
                "penstock.connect.attempt_delay",
                "penstock.connect.ATTEMPTDELAY",
                "PENSTOCK.CONNECT.ATTEMPT-DELAY"
            })
    void namesAreRelaxed(String name) {
        assertThat(Env.properties(name + "=70ms")
                        .configOf("dataSource")
                        .connect()
                        .attemptDelay())
                .hasMillis(70);
    }

    @Test
    void variablesOfTheProcessCount() {
        PenstockConfig config = Env.empty()
                .andVariables(Map.of(
                        "PENSTOCK_CONNECT_ATTEMPTDELAY", "70ms",
                        "PENSTOCK_SESSION_EXEMPT_0_", "com.example.a",
                        "PENSTOCK_SESSION_EXEMPT_1_", "com.example.b",
                        "PENSTOCK_POOLS_ORDERSDATASOURCE_CONNECT_DEADLINE", "4s"))
                .configOf("ordersDataSource");

        assertThat(config.connect().attemptDelay()).hasMillis(70);
        assertThat(config.connect().deadline()).hasSeconds(4);
        assertThat(config.session().exempt()).containsExactly("com.example.a", "com.example.b");
        assertThat(config.originOf("penstock.connect.deadline"))
                .contains("\"PENSTOCK_POOLS_ORDERSDATASOURCE_CONNECT_DEADLINE\"");
    }

    @Test
    void soDoThoseWithUnderscoresForDashesAndDots() {
        PenstockConfig config = Env.empty()
                .andVariables(Map.of(
                        "PENSTOCK_CONNECT_ATTEMPT_DELAY", "70ms",
                        "PENSTOCK_POOLS_ORDERS_DB_CONNECT_DEADLINE", "4s"))
                .configOf("orders_db");

        assertThat(config.connect().attemptDelay()).hasMillis(70);
        assertThat(config.connect().deadline()).hasSeconds(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders_db", "ORDERS_DB", "ordersDb", "orders-db", "orders.db", "orders/db", "#ordersDb"})
    void theNameOfABeanIsRelaxedToo(String bean) {
        assertThat(Env.properties("penstock.pools.orders-db.connect.deadline=4s")
                        .configOf(bean)
                        .connect()
                        .deadline())
                .hasSeconds(4);
        assertThat(Env.empty()
                        .andVariables(Map.of("PENSTOCK_POOLS_ORDERSDB_CONNECT_DEADLINE", "4s"))
                        .configOf(bean)
                        .connect()
                        .deadline())
                .hasSeconds(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my.ds", "my/ds", "Ωmega", "a b", "dataSource"})
    void inBracketsItIsExact(String bean) {
        Env env = Env.empty().andMap(Map.of("penstock.pools[" + bean + "].connect.deadline", "4s"));

        assertThat(env.configOf(bean).connect().deadline()).hasSeconds(4);
        assertThat(env.configOf("other").connect().deadline()).hasSeconds(30);
        assertThat(env.settings().mentions(bean)).isTrue();
        assertThat(env.settings().mentions("other")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "]", "a]b[", "a[0]", ".", "..", "a.", "\n", "\uD800"})
    void anyBeanCanHaveAnyName(String bean) {
        assertThat(Env.properties("penstock.connect.deadline=4s")
                        .configOf(bean)
                        .connect()
                        .deadline())
                .hasSeconds(4);
    }

    @Test
    void thePoolsOwnCountsMoreThanEverybodysAndThatMoreThanCode() {
        PoolSettings settings = Env.yaml(
                        "penstock:",
                        "  connect.deadline: 5s",
                        "  pools:",
                        "    orders:",
                        "      connect:",
                        "        deadline: 4s")
                .settings();

        PenstockConfig orders = settings.of(
                "orders",
                Stream.of((bean, config) -> config.connect(c -> c.deadline(Duration.ofSeconds(3)))
                        .breaker(b -> b.failures(bean.length()))));
        assertThat(orders.connect().deadline()).hasSeconds(4);
        assertThat(orders.breaker().failures()).isEqualTo(6);
        assertThat(orders.originOf("penstock.breaker.failures")).isEqualTo("builder");
        assertThat(settings.of("billing", Stream.empty()).connect().deadline()).hasSeconds(5);
    }

    @Test
    void ofTwoSourcesTheFirstCountsAsAnywhereInSpring() {
        Env env = Env.properties("penstock.connect.deadline=4s", "penstock.session.exempt[0]=com.example.a")
                .andYaml("penstock:", "  connect.deadline: 5s", "  session.exempt: [a, b, c]");

        assertThat(env.configOf("ds").connect().deadline()).hasSeconds(4);
        assertThat(env.configOf("ds").session().exempt()).containsExactly("com.example.a");
    }

    @Test
    void listsOfYamlAndTextsWithCommasAreTheSame() {
        assertThat(Env.yaml("penstock.session.exempt: [com.example.a, com.example.b]")
                        .configOf("ds")
                        .session()
                        .exempt())
                .isEqualTo(Env.yaml("penstock.session.exempt: com.example.a, com.example.b")
                        .configOf("ds")
                        .session()
                        .exempt())
                .containsExactly("com.example.a", "com.example.b");
        assertThat(Env.empty()
                        .andMap(Map.of("penstock.session.exempt", List.of("com.example.a")))
                        .configOf("ds")
                        .session()
                        .exempt())
                .containsExactly("com.example.a");
    }

    @Test
    void whatYamlTakesForANumberOrABooleanIsAText() {
        PenstockConfig config = Env.yaml(
                        "penstock:",
                        "  breaker:",
                        "    failures: 7",
                        "    mode: off # false to YAML",
                        "  budget.check: off",
                        "  leases.detection: no")
                .configOf("ds");

        assertThat(config.breaker().failures()).isEqualTo(7);
        assertThat(config.breaker().mode()).isEqualTo(BreakerMode.OFF);
        assertThat(config.budget().check()).isEqualTo(BudgetCheck.OFF);
        assertThat(config.leases().detection()).isFalse();
        assertThat(Env.yaml("penstock.breaker.mode: on")
                        .configOf("ds")
                        .breaker()
                        .mode())
                .isEqualTo(BreakerMode.ON);
    }

    @Test
    void placeholdersAreReplaced() {
        Env env = Env.properties("penstock.connect.deadline=${DB_DEADLINE:5s}");
        assertThat(env.configOf("ds").connect().deadline()).hasSeconds(5);

        env.andVariables(Map.of("DB_DEADLINE", "6s"));
        assertThat(env.configOf("ds").connect().deadline()).hasSeconds(6);
    }

    @Test
    void theStartupLineSaysWhereAValueStands() {
        PenstockConfig config = Env.yaml(
                        "penstock:", "  connect:", "    deadline: 5s", "  pools.orders.breaker.failures: 2")
                .configOf("orders");

        assertThat(StartupLine.of("orders", "db:5432/app", config))
                .isEqualTo("penstock 'orders': db:5432/app; connect.deadline=5s (application.yml - 3:15),"
                        + " breaker.failures=2 (application.yml - 4:34); everything else at its default");
    }

    @Test
    void aKubernetesServiceOfThisNameDoesNoHarm() {
        assertThat(Env.empty()
                        .andVariables(Map.of(
                                "PENSTOCK_PORT", "tcp://10.0.0.1:80",
                                "PENSTOCK_PORT_80_TCP", "tcp://10.0.0.1:80",
                                "PENSTOCK_PORT_80_TCP_ADDR", "10.0.0.1",
                                "PENSTOCK_SERVICE_HOST", "10.0.0.1",
                                "PENSTOCK_SERVICE_PORT", "80"))
                        .configOf("ds")
                        .settings())
                .isEqualTo(PenstockConfig.defaults().settings());
    }

    @Test
    void aHeadingWithNothingBelowItSaysNothing() {
        assertThat(Env.yaml("penstock:", "  connect:", "  pools:", "    orders:", "  health:")
                        .configOf("orders")
                        .settings())
                .isEqualTo(PenstockConfig.defaults().settings());
    }

    @Test
    void aSourceThatCannotListItsNamesIsAsked() {
        PropertySource<Object> opaque = new PropertySource<>("opaque", new Object()) {
            @Override
            public Object getProperty(String name) {
                return name.equals("penstock.connect.deadline") ? "4s" : null;
            }
        };

        assertThat(Env.empty().and(opaque).configOf("ds").connect().deadline()).hasSeconds(4);
    }

    @Test
    void whatIsAddedLaterCountsForPoolsThatAreMadeLater() {
        Env env = Env.empty();
        PoolSettings settings = env.settings();
        assertThat(settings.of("ds", Stream.empty()).connect().deadline()).hasSeconds(30);

        env.andProperties("penstock.connect.deadline=4s");
        assertThat(settings.of("ds", Stream.empty()).connect().deadline()).hasSeconds(4);
    }
}
