package dev.penstock.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LastGoodAnswersTest {
    private static final String HOST = "db.example.com";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<InetAddress> ANSWER = List.of(InetAddress.getLoopbackAddress());

    /** Starts shortly before the ticker overflows. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

    private final LastGoodAnswers answers = new LastGoodAnswers(now::get);

    @Test
    void thereIsNoAnswerBeforeTheFirst() {
        assertThat(answers.answerFor(HOST, HOUR)).isNull();
    }

    @Test
    void anAnswerComesWithItsAge() {
        answers.remember(HOST, ANSWER);
        advance(Duration.ofMinutes(7));

        assertThat(answers.answerFor(HOST, HOUR)).isEqualTo(new StaleAnswer(ANSWER, Duration.ofMinutes(7)));
        assertThat(answers.answerFor("other.example.com", HOUR)).isNull();
    }

    @Test
    void theLimitItselfStillCountsAndWhatIsOlderDoesNot() {
        answers.remember(HOST, ANSWER);
        advance(HOUR);
        assertThat(answers.answerFor(HOST, HOUR)).isNotNull();

        advance(Duration.ofNanos(1));
        assertThat(answers.answerFor(HOST, HOUR)).isNull();
        assertThat(answers.answerFor(HOST, ChronoUnit.FOREVER.getDuration())).isNotNull();
    }

    @Test
    void zeroMeansNever() {
        answers.remember(HOST, ANSWER);

        assertThat(answers.answerFor(HOST, Duration.ZERO)).isNull();
    }

    @Test
    void aNewAnswerReplacesTheOld() throws Exception {
        List<InetAddress> newer = List.of(InetAddress.getByName("10.0.0.1"));
        answers.remember(HOST, ANSWER);
        advance(HOUR);
        answers.remember(HOST, newer);

        assertThat(answers.answerFor(HOST, HOUR)).isEqualTo(new StaleAnswer(newer, Duration.ZERO));
    }

    @Test
    void whatTheCallerDoesToItsListLaterDoesNotCount() {
        var owned = new ArrayList<>(ANSWER);
        answers.remember(HOST, owned);
        owned.clear();

        assertThat(answers.answerFor(HOST, HOUR)).isEqualTo(new StaleAnswer(ANSWER, Duration.ZERO));
    }

    @Test
    void anEmptyAnswerIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> answers.remember(HOST, List.of()))
                .withMessageContaining(HOST);
    }

    @Test
    void theNameAnsweredLongestAgoMakesRoom() {
        answers.remember("first", ANSWER);
        answers.remember("second", ANSWER);
        answers.remember("first", ANSWER);
        for (int i = 0; i < LastGoodAnswers.MAX_HOSTS - 1; i++) {
            answers.remember("db" + i, ANSWER);
        }

        assertThat(answers.answerFor("second", HOUR)).isNull();
        assertThat(answers.answerFor("first", HOUR)).isNotNull();
    }

    private void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }
}
