package dev.penstock.internal.race;

import static dev.penstock.internal.race.Behaviour.blackHole;
import static dev.penstock.internal.race.Behaviour.dribbles;
import static dev.penstock.internal.race.Behaviour.refusesAfter;
import static dev.penstock.internal.race.Behaviour.serves;
import static dev.penstock.internal.race.Behaviour.servesFrom;
import static dev.penstock.internal.race.Behaviour.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Move.Reason;
import dev.penstock.internal.race.Race.Verdict;
import org.junit.jupiter.api.Test;

/** Racing turned off. */
class OneByOneTest {
    @Test
    void addressesFollowEachOtherAndShareWhatIsLeft() {
        Played played = Script.deadline(12_000)
                .oneByOne()
                .host("db", blackHole(), silent(), dribbles(50), serves(10))
                .play();

        assertThat(played.dials()).containsExactly("db1@0", "db2@3000", "db3@6000", "db4@9000");
        assertThat(played.dropped(Reason.GAVE_WAY)).containsExactly("db1@3000", "db2@6000", "db3@9000");
        assertThat(played.winner()).isEqualTo("db4");
    }

    @Test
    void neverTwoAtATime() {
        Played played = Script.deadline(12_000)
                .oneByOne()
                .host("db", silent(), blackHole(), silent())
                .play();

        assertThat(played.mostSessions()).isEqualTo(1);
        assertThat(played.mostDialling()).isEqualTo(1);
        assertThat(played.verdict()).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void timeThatAFailureSavesIsSharedByThoseWhoAreLeft() {
        Played played = Script.deadline(12_000)
                .oneByOne()
                .host("db", refusesAfter(0), silent(), silent(), serves(10))
                .play();

        assertThat(played.dials()).containsExactly("db1@0", "db2@0", "db3@4000", "db4@8000");
    }

    @Test
    void theLastOneHasUntilTheDeadline() {
        Played played = Script.deadline(10_000)
                .oneByOne()
                .host("db", silent(), serves(4900))
                .play();

        assertThat(played.winner()).isEqualTo("db2");
        assertThat(played.endedAt()).isEqualTo(9900);
    }

    @Test
    void whoGaveWayComesBackWhenTheLastOneFails() {
        Played played = Script.deadline(10_000)
                .oneByOne()
                .host("db", servesFrom(6000), refusesAfter(100))
                .play();

        assertThat(played.dials()).containsExactly("db1@0", "db2@5000", "db1@5100");
        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void hostsFollowEachOtherInTheSameManner() {
        Played played = Script.deadline(12_000)
                .oneByOne()
                .host("a", silent(), silent())
                .host("b", serves(10))
                .play();

        assertThat(played.dials()).containsExactly("a1@0", "a2@3000", "b1@6000");
        assertThat(played.winner()).isEqualTo("b1");
    }
}
