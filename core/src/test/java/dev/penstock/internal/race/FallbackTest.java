package dev.penstock.internal.race;

import static dev.penstock.internal.race.Behaviour.blackHole;
import static dev.penstock.internal.race.Behaviour.dribbles;
import static dev.penstock.internal.race.Behaviour.fails;
import static dev.penstock.internal.race.Behaviour.refusesAfter;
import static dev.penstock.internal.race.Behaviour.serves;
import static dev.penstock.internal.race.Behaviour.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Move.Reason;
import dev.penstock.internal.race.Race.Verdict;
import org.junit.jupiter.api.Test;

/** A session with a role that will do is held while a preferred one is looked for. */
class FallbackTest {
    private static final Behaviour WILL_DO = serves(10).acceptedRole();

    @Test
    void thePreferredOneWinsThoughItComesLater() {
        Played played = Script.deadline(10_000)
                .host("a", WILL_DO)
                .host("b", serves(100))
                .play();

        assertThat(played.dials()).containsExactly("a1@0", "b1@10");
        assertThat(played.winner()).isEqualTo("b1");
        assertThat(played.dropped(Reason.LOST)).containsExactly("a1@110");
    }

    @Test
    void whatWillDoIsTakenAtOnceWhenNobodyElseIsLeft() {
        Played played = Script.deadline(10_000)
                .host("a", WILL_DO)
                .host("b", refusesAfter(5))
                .play();

        assertThat(played.winner()).isEqualTo("a1");
        assertThat(played.endedAt()).isEqualTo(15);
    }

    @Test
    void itIsTakenAfterHalfOfWhatIsLeftThoughOthersAreUnderWay() {
        Played played = Script.deadline(10_000)
                .host("a", serves(2000).acceptedRole())
                .host("b", silent())
                .host("c", blackHole())
                .play();

        assertThat(played.winner()).isEqualTo("a1");
        assertThat(played.endedAt()).isEqualTo(6000);
        assertThat(played.dropped(Reason.LOST)).containsExactly("b1@6000");
    }

    @Test
    void nothingIsStartedAtTheInstantAtWhichItIsTaken() {
        Played played = Script.deadline(300)
                .sessions(1)
                .host("db", serves(1).acceptedRole(), fails(149.5, Setback.ADDRESS), serves(1))
                .play();

        assertThat(played.endedAt()).isEqualTo(150.5);
        assertThat(played.dials()).containsExactly("db1@0", "db2@1");
    }

    @Test
    void aSecondOneThatWillDoIsClosedAndTheSearchGoesOn() {
        Played played = Script.deadline(10_000)
                .host("a", WILL_DO)
                .host("b", WILL_DO)
                .host("c", serves(10))
                .play();

        assertThat(played.dropped(Reason.LOST)).contains("b1@20");
        assertThat(played.winner()).isEqualTo("c1");
    }

    @Test
    void otherAddressesOfTheSameHostAreTriedToo() {
        Played played = Script.deadline(10_000).host("db", WILL_DO, serves(20)).play();

        assertThat(played.winner()).isEqualTo("db2");
    }

    @Test
    void aHostThatFailedAMomentAgoIsNotWaitedForWithASessionInHand() {
        Played played = Script.deadline(10_000)
                .host("a", WILL_DO)
                .host("b", silent())
                .doubtful()
                .play();

        assertThat(played.of("look-up")).containsExactly("a@0");
        assertThat(played.winner()).isEqualTo("a1");
        assertThat(played.endedAt()).isEqualTo(10);
    }

    @Test
    void withoutASessionInHandItIsTriedLikeAnyOther() {
        Played played = Script.deadline(10_000)
                .host("a", refusesAfter(1))
                .host("b", serves(10))
                .doubtful()
                .play();

        assertThat(played.winner()).isEqualTo("b1");
    }

    @Test
    void theHostAfterADoubtfulOneHasItsTurnInTime() {
        Played played = Script.deadline(9000)
                .host("a", WILL_DO, dribbles(10))
                .host("b", silent())
                .doubtful()
                .host("c", serves(10))
                .play();

        assertThat(played.of("look-up")).containsExactly("a@0", "c@3000");
        assertThat(played.winner()).isEqualTo("c1");
    }

    @Test
    void aRefusalByTheHostThatHoldsItDoesNotCloseIt() {
        Played played = Script.deadline(10_000)
                .host("db", WILL_DO, fails(5, Setback.HOST))
                .play();

        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void itIsTakenAtOnceThoughAnotherServerStartsUp() {
        Played played = Script.deadline(10_000)
                .host("a", WILL_DO)
                .host("b", fails(1, Setback.STARTING_UP))
                .play();

        assertThat(played.verdict()).isEqualTo(Verdict.WON);
        assertThat(played.winner()).isEqualTo("a1");
        assertThat(played.endedAt()).isLessThanOrEqualTo(100);
    }

    @Test
    void aServerThatStartsUpIsNotWaitedForWhenItSaidSoFirst() {
        Played played = Script.deadline(10_000)
                .host("a", fails(1, Setback.STARTING_UP))
                .host("b", serves(2000).acceptedRole())
                .play();

        assertThat(played.winner()).isEqualTo("b1");
        assertThat(played.endedAt()).isLessThanOrEqualTo(2100);
    }

    @Test
    void whoGivesUpMeanwhileGetsNeitherOfThem() {
        Played played = Script.deadline(10_000)
                .host("a", WILL_DO)
                .host("b", silent())
                .abandonedAt(1000)
                .play();

        assertThat(played.verdict()).isEqualTo(Verdict.ABANDONED);
        assertThat(played.dropped(Reason.ABANDONED)).containsExactly("a1@1000", "b1@1000");
    }
}
