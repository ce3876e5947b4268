package dev.penstock.budget;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ApplicationNameTest {
    @Test
    void isServiceInstanceAndPool() {
        assertThat(ApplicationName.of("checkout", "checkout-7d9f8b6c5d-x2x7k", "HikariPool-1"))
                .hasToString("checkout/checkout-7d9f8b6c5d-x2x7k/HikariPool-1");
    }

    @Test
    void replacesWhatTheServerWouldOrThatSeparates() {
        assertThat(ApplicationName.of("Grüße an/alle", "a\tb", "𝛑 \u007f")).hasToString("Gr__e_an_alle/a_b/___");
        assertThat(ApplicationName.of("", "", "")).hasToString("_/_/_");
    }

    @Test
    void aLongInstanceLosesItsBeginning() {
        ApplicationName name =
                ApplicationName.of("checkout", "eu-central-1-cluster-blue-checkout-7d9f8b6c5d-x2x7k", "main");
        // 63 - 8 - 4 - 2 = 49, of which one is the mark
        assertThat(name.instance()).hasSize(49).isEqualTo("~central-1-cluster-blue-checkout-7d9f8b6c5d-x2x7k");
        assertThat(name.toString()).hasSize(63).startsWith("checkout/").endsWith("/main");
    }

    @Test
    void longServicesAndPoolsKeepBothEndsAndLeaveRoomForTheInstance() {
        ApplicationName name = ApplicationName.of(
                "payments-reconciliation-for-the-north", "0123456789abcdefgh", "replica-for-reports-of-the-year");
        // 28 = 14 + ~ + 13, 20 = 10 + ~ + 9, 63 - 28 - 20 - 2 = 13 = ~ + 12
        assertThat(name).hasToString("payments-recon~for-the-north/~6789abcdefgh/replica-fo~-the-year");
    }

    @Test
    void aServiceIsCalledTheSameWhateverTheOtherPartsAre() {
        String service = "payments-reconciliation-for-the-north";
        assertThat(ApplicationName.of(service, "i", "p").service())
                .isEqualTo(ApplicationName.of(service, "i".repeat(99), "p".repeat(99))
                        .service())
                .isEqualTo(ApplicationName.serviceName(service));
    }

    @Test
    void whatIsNotOursIsNotParsed() {
        assertThat(ApplicationName.parse("")).isNull();
        assertThat(ApplicationName.parse("psql")).isNull();
        assertThat(ApplicationName.parse("PostgreSQL JDBC Driver")).isNull();
        assertThat(ApplicationName.parse("a/b")).isNull();
        assertThat(ApplicationName.parse("a/b/c/d")).isNull();
        assertThat(ApplicationName.parse("a//c")).isNull();
        assertThat(ApplicationName.parse("/b/")).isNull();
        assertThat(ApplicationName.parse("a b/c/d")).isNull();
        assertThat(ApplicationName.parse("a/b/" + "c".repeat(60))).isNull();
        assertThat(ApplicationName.parse("a/b/" + "c".repeat(59))).isNotNull();
    }

    @Test
    void partsThatWouldNotComeBackAreRefused() {
        assertThatThrownBy(() -> new ApplicationName("a/b", "c", "d"))
                .isInstanceOf(InvalidBudgetException.class)
                .hasMessage("service must have at least one character, all of them printable ASCII, none a blank or /,"
                        + " but was 'a/b'");
        assertThatThrownBy(() -> new ApplicationName("a", "b", "c".repeat(60)))
                .isInstanceOf(InvalidBudgetException.class)
                .hasMessageStartingWith("service/instance/pool must have at most 63 characters, but was 'a/b/ccc");
    }

    @Property
    void survivesTheServerAndComesBack(@ForAll String service, @ForAll String instance, @ForAll String pool) {
        ApplicationName name = ApplicationName.of(service, instance, pool);
        byte[] bytes = name.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(bytes).hasSizeLessThanOrEqualTo(63);
        for (byte each : bytes) {
            assertThat(each).isBetween((byte) '!', (byte) '~');
        }
        ApplicationName back = requireNonNull(ApplicationName.parse(name.toString()));
        assertThat(back).isEqualTo(name);
        assertThat(back.service()).isNotEmpty().isEqualTo(ApplicationName.serviceName(service));
        assertThat(back.instance()).isNotEmpty();
        assertThat(back.pool()).isNotEmpty();
        assertThat(ApplicationName.of(name.service(), name.instance(), name.pool()))
                .isEqualTo(name);
    }
}
