package dev.penstock.internal.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.BudgetCheck;
import dev.penstock.EffectiveSetting;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetsTest {
    private static final Plan EMPTY = Plan.of(ServerLimits.of(100));
    private static final Plan ONE = EMPTY.and(Service.of("checkout", 3, 15));
    private static final Plan TWO = ONE.and(Service.of("search", 3, 12));

    private static PenstockConfig with(Plan plan) {
        return PenstockConfig.builder().budget(b -> b.plan(plan)).build();
    }

    private static InvalidSettingException refused(PenstockConfig config, String key, String value) {
        return requireNonNull(catchThrowableOfType(
                InvalidSettingException.class, () -> config.withProperties(Map.of(key, value), "properties")));
    }

    @ParameterizedTest
    @CsvSource({
        "penstock.budget.service, checkout, must not be set",
        "penstock.budget.instance, pod-1, must not be set",
        "penstock.budget.check, fail, must not be fail",
    })
    void whatMakesNoSenseWithoutAPlanIsRefused(String key, String value, String rule) {
        InvalidSettingException refusal = refused(PenstockConfig.defaults(), key, value);

        assertThat(refusal.setting()).isEqualTo(key);
        assertThat(refusal)
                .hasMessage(key + " " + rule + " without penstock.budget.plan: nothing would come" + " of it, but was '"
                        + value + "'");
    }

    @ParameterizedTest
    @CsvSource({"off, OFF", "warn, WARN"})
    void whatPromisesNothingIsNot(String value, BudgetCheck check) {
        PenstockConfig config =
                PenstockConfig.defaults().withProperties(Map.of("penstock.budget.check", value), "properties");

        assertThat(config.budget().check()).isEqualTo(check);
        assertThat(config.budget().applicationName("main")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "penstock.budget.plan, plan.yaml, can be set in code only",
        "penstock.budget.check, maybe, 'must be one of off, warn, fail'",
        "penstock.budget.service, chekout, 'must be a service of the plan, which has checkout, search'",
        "penstock.budget.service, '  ', must not be blank",
        "penstock.budget.instance, '', must not be blank",
    })
    void badValuesAreRefusedByRuleAndValue(String key, String value, String rule) {
        assertThat(refused(with(TWO), key, value)).hasMessage(key + " " + rule + ", but was '" + value + "'");
    }

    @Test
    void anInstanceIsOneLine() {
        assertThat(refused(with(ONE), "penstock.budget.instance", "a\nb"))
                .hasMessageContaining("none of them a control character");
        assertThat(refused(with(ONE), "penstock.budget.instance", "a".repeat(256)))
                .hasMessageContaining("must have 1 to 255 characters");
    }

    @Test
    void theOnlyServiceNeedNotBeNamed() {
        PenstockConfig config = PenstockConfig.builder()
                .budget(b -> b.plan(ONE).instance("pod-1"))
                .build();

        assertThat(config.budget().service()).isEqualTo("checkout");
        assertThat(config.budget().applicationName("main").orElseThrow()).hasToString("checkout/pod-1/main");
    }

    @Test
    void ofSeveralServicesOneMustBeNamedBeforeAnythingHasAName() {
        PenstockConfig config = with(TWO); // the name may come with the properties

        assertThat(catchThrowableOfType(
                        InvalidSettingException.class, () -> config.budget().applicationName("main")))
                .hasMessage("penstock.budget.service must be set, to the service of the plan that this program is; the"
                        + " plan has checkout, search, but was null");
        PenstockConfig named = config.withProperties(Map.of("penstock.budget.service", "search"), "properties");
        assertThat(named.budget().applicationName("main").orElseThrow().service())
                .isEqualTo("search");
    }

    @Test
    void aPlanWithoutServicesHasNone() {
        assertThat(catchThrowableOfType(
                        InvalidSettingException.class,
                        () -> with(EMPTY).budget().applicationName("main")))
                .hasMessageContaining("the plan has none");
    }

    @Test
    void manyServicesAreNotAllListed() {
        Plan many = EMPTY;
        for (int i = 1; i <= 12; i++) {
            many = many.and(Service.of("s" + i, 1, 1));
        }
        assertThat(refused(with(many), "penstock.budget.service", "s13"))
                .hasMessageContaining("s1, s2, s3, s4, s5, s6, s7, s8, s9, s10 and 2 more");
    }

    /** 97 usable, tight above 77: 3 x 15, in a rollout (3 + 1) x 15 = 60; with search (3 + 1) x 12 = 48 more, 108. */
    @Test
    void theStartUpLineHasTheVerdict() {
        assertThat(shown(with(ONE))).isEqualTo("1 service, FITS as declared");
        assertThat(shown(with(TWO))).isEqualTo("2 services, OVER as declared");
        assertThat(shown(PenstockConfig.defaults())).isEqualTo("none");
        assertThat(StartupLine.of("main", "db", with(ONE)))
                .contains("budget.plan=1 service, FITS as declared (builder)")
                .doesNotContain("budget.service");
    }

    private static String shown(PenstockConfig config) {
        return config.settings().stream()
                .filter(setting -> setting.key().equals("penstock.budget.plan"))
                .map(EffectiveSetting::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theInstanceIsTheFirstNameThatIsKnown() {
        assertThat(InstanceName.of("pod-1", "PC", "host\n", 7)).isEqualTo("pod-1");
        assertThat(InstanceName.of(" ", "PC", "host\n", 7)).isEqualTo("PC");
        assertThat(InstanceName.of(null, null, "host\n", 7)).isEqualTo("host");
        assertThat(InstanceName.of(null, null, null, 7)).isEqualTo("pid-7");
        assertThat(with(ONE).budget().instance()).isNotBlank().isEqualTo(InstanceName.OF_THIS_JVM);
    }
}
