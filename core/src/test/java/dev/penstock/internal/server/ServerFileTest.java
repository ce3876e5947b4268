package dev.penstock.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import dev.penstock.PoolerMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerFileTest {
    private static final Look LOOK = new Look(1, "app", 170_000, Map.of());

    private final ServerFile file = new ServerFile("10.0.0.1:5432");

    private static Knowledge known(Means means, @Nullable Look look) {
        Wanted wanted = Wanted.of(PenstockConfig.builder()
                .session(s -> s.lockTimeout(Duration.ofSeconds(1)))
                .build()
                .session());
        return new Knowledge("17.0", PoolerMode.NONE, means, wanted, look, null, null);
    }

    /** Which of so many sessions, from the next on, are asked. */
    private List<Integer> asked(int sessions) {
        List<Integer> asked = new ArrayList<>();
        for (int i = 1; i <= sessions; i++) {
            if (file.plan().look()) {
                asked.add(i);
            }
        }
        return asked;
    }

    @Test
    void allAreAskedUntilSomethingIsKnown() {
        assertThat(asked(3)).containsExactly(1, 2, 3);
        assertThat(file.plan().known()).isNull();
    }

    @Test
    void theFirstWithOptionsAndThenOneInAHundred() {
        file.learned(known(Means.OPTIONS, LOOK));

        assertThat(asked(301)).containsExactly(1, 101, 201, 301);
    }

    @Test
    void whoeverLearnsBesideDoesNotHaveItAskedTwice() {
        file.learned(known(Means.OPTIONS, LOOK));
        file.learned(known(Means.OPTIONS, LOOK));
        file.learned(known(Means.OPTIONS, LOOK));

        assertThat(asked(150)).hasSizeBetween(1, 2);
    }

    @Test
    void whereNothingIsSentOrAllIsSetOnlyTheSample() {
        file.learned(known(Means.NONE, LOOK));
        assertThat(asked(100)).containsExactly(100);

        file.learned(known(Means.SETS, LOOK));
        assertThat(asked(100)).containsExactly(100);
    }

    @Test
    void aServerThatDoesNotAnswerIsAskedMoreOften() {
        file.learned(known(Means.NONE, null));

        assertThat(asked(30)).containsExactly(10, 20, 30);
    }

    @Test
    void aReasonIsNewsOnce() {
        assertThat(file.isNews(new Finding("pooled", "processes 1 and 2", true)))
                .isTrue();
        assertThat(file.isNews(new Finding("pooled", "processes 3 and 4", true)))
                .isFalse();
        assertThat(file.isNews(new Finding("not asked", "...", true))).isTrue();
    }

    @Test
    void whatComesBackAfterItWasMendedIsNewsAgain() {
        Finding finding = new Finding("pooled", "processes 1 and 2", true);
        assertThat(file.isNews(finding)).isTrue();
        file.lacksNothing();

        assertThat(file.isNews(finding)).isTrue();
        assertThat(file.isNews(finding)).isFalse();
    }

    @Test
    void booksAreBounded() {
        ServerBook book = new ServerBook();
        ServerFile first = book.of("0");
        assertThat(book.of("0")).isSameAs(first);
        for (int i = 1; i <= ServerBook.MAX_SERVERS; i++) {
            book.of(Integer.toString(i));
        }
        assertThat(book.all()).hasSize(ServerBook.MAX_SERVERS).doesNotContain(first);
    }
}
