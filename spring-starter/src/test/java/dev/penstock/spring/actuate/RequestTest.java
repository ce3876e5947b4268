package dev.penstock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be asked for, and what is said of anything else. */
class RequestTest {
    @ParameterizedTest
    @EnumSource(Action.class)
    void everyActionIsFoundByItsText(Action action) {
        String size = action == Action.RESIZE ? "7" : null;
        assertThat(Request.of(action.text(), size, null))
                .isEqualTo(new Request(action, size == null ? 0 : 7, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({"5s, 5000", "PT5S, 5000", "500ms, 500", "250, 250", "1m, 60000", "60s, 60000"})
    void aLimitIsWrittenAsSpringWritesDurations(String text, long millis) {
        assertThat(Request.of("connect-test", null, text).limit()).hasMillis(millis);
    }

    @ParameterizedTest
    @CsvSource({"0", "0s", "-1s", "61s", "1h", "soon", "''", "99999999999999999999d", "PT9999999999999999H"})
    void anyOtherLimitIsRefused(String text) {
        assertThatThrownBy(() -> Request.of("connect-test", null, text))
                .isInstanceOf(Refused.class)
                .hasMessage("limit must be a duration such as 500ms or 5s, more than zero and at most 60s, but was '"
                        + text + "'");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, missing",
                "0, '0'",
                "-3, '-3'",
                "1.5, '1.5'",
                "'', ''",
                "many, many",
                "3000000000, 3000000000"
            })
    void aSizeThatIsNoneIsRefused(@Nullable String text, String named) {
        Refused refused = catchThrowableOfType(Refused.class, () -> Request.of("resize", text, null));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.getReason())
                .startsWith("size must be a whole number from 1 on, but was ")
                .contains(named);
    }

    @Test
    void whatBelongsToAnotherActionIsRefused() {
        assertThatThrownBy(() -> Request.of("evict", "5", null))
                .hasMessage("size is for action resize only, but the action was evict");
        assertThatThrownBy(() -> Request.of("resize", "5", "5s"))
                .hasMessage("limit is for action connect-test only, but the action was resize");
    }

    @Test
    void withoutAnActionTheyAreNamed() {
        assertThatThrownBy(() -> Request.of(null, null, null))
                .hasMessage("action must be one of connect-test, breaker-open, breaker-close, breaker-reset, evict,"
                        + " suspend, resume, resize, but was missing");
    }

    @Property
    void anyTextIsTakenOrRefusedInWords(@ForAll String action, @ForAll String size, @ForAll String limit) {
        for (String known : new String[] {action, "resize", "connect-test"}) {
            try {
                Request request = Request.of(known, known.equals("resize") ? size : null, limit);
                assertThat(request.limit()).isBetween(Duration.ofNanos(1), Duration.ofMinutes(1));
            } catch (Refused e) {
                assertThat(e.getReason()).containsAnyOf("must be", "is for action");
            }
        }
    }
}
