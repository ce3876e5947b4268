package dev.penstock.internal.race;

import static dev.penstock.internal.race.Behaviour.fails;
import static dev.penstock.internal.race.Behaviour.refusesAfter;
import static dev.penstock.internal.race.Behaviour.serves;
import static dev.penstock.internal.race.Behaviour.silent;
import static dev.penstock.internal.race.Behaviour.startingUpUntil;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Move.Reason;
import dev.penstock.internal.race.Race.Verdict;
import org.junit.jupiter.api.Test;

/** Answers of the server: starting up is asked again, a refusal holds for the host. */
class StartingUpTest {
    @Test
    void whoGaveWayComesBackThoughAnotherServerStartsUpForEver() {
        Played played = Script.deadline(30_000)
                .sessions(1)
                .host("db", Behaviour.servesFrom(1500), startingUpUntil(1e9))
                .play();

        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void aServerThatStartsUpIsAskedAgainWithGrowingPauses() {
        Played played =
                Script.deadline(30_000).host("db", startingUpUntil(5000)).play();

        assertThat(played.dials())
                .startsWith("db1@0", "db1@51", "db1@152", "db1@353", "db1@754", "db1@1555", "db1@3056", "db1@4557");
        assertThat(played.winner()).isEqualTo("db1");
        assertThat(played.endedAt()).isLessThanOrEqualTo(6600);
    }

    @Test
    void aServerThatNeverComesUpEndsAtTheDeadlineAndNotBefore() {
        Played played = Script.deadline(10_000)
                .host("db", fails(1, Setback.STARTING_UP))
                .play();

        assertThat(played.verdict()).isEqualTo(Verdict.EXPIRED);
        assertThat(played.endedAt()).isEqualTo(10_000);
    }

    @Test
    void theNextAddressDoesNotWaitForOneThatStartsUp() {
        Played played = Script.deadline(30_000)
                .host("db", fails(1, Setback.STARTING_UP), serves(5))
                .play();

        assertThat(played.dials()).containsExactly("db1@0", "db2@1");
        assertThat(played.winner()).isEqualTo("db2");
    }

    @Test
    void theNextHostDoesNotWaitForOneThatStartsUp() {
        Played played = Script.deadline(30_000)
                .host("a", fails(1, Setback.STARTING_UP))
                .host("b", serves(5))
                .play();

        assertThat(played.winner()).isEqualTo("b1");
        assertThat(played.endedAt()).isLessThanOrEqualTo(10);
    }

    @Test
    void whoIsAskedAgainDoesNotPushOutASessionThatIsUnderWay() {
        Played played = Script.deadline(3000)
                .sessions(1)
                .host("db", startingUpUntil(100), serves(2000))
                .play();

        assertThat(played.dropped(Reason.GAVE_WAY)).isEmpty();
        assertThat(played.winner()).isEqualTo("db2");
    }

    @Test
    void whoIsAskedAgainJoinsOthersThatAreSilent() {
        Played played = Script.deadline(30_000)
                .host("db", startingUpUntil(100), silent())
                .play();

        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void aServerThatIsGoneForAMomentAfterThatIsInTheMiddleOfARestart() {
        Behaviour restarting = new Behaviour(5, true, at -> new Behaviour.Session(Script.NEVER, 1, restartStage(at)));
        Played played = Script.deadline(30_000).host("db", restarting).play();

        assertThat(played.winner()).isEqualTo("db1");
        assertThat(played.endedAt()).isLessThanOrEqualTo(3100);
    }

    /** Shutting down, then gone for two seconds, then there. */
    private static Behaviour.End restartStage(long at) {
        if (at < 100) {
            return Behaviour.End.STARTING_UP;
        }
        return at < 2000 ? Behaviour.End.ADDRESS : Behaviour.End.PREFERRED;
    }

    @Test
    void aRefusalEndsTheHostsOtherAddressesButNotOtherHosts() {
        Played played = Script.deadline(30_000)
                .host("a", silent(), fails(10, Setback.HOST), silent())
                .host("b", serves(5))
                .play();

        assertThat(played.dropped(Reason.HOST_ANSWERED)).containsExactly("a1@510");
        assertThat(played.dials()).containsExactly("a1@0", "a2@500", "b1@510");
        assertThat(played.winner()).isEqualTo("b1");
    }

    @Test
    void aRefusalByTheOnlyHostIsTheEnd() {
        Played played = Script.deadline(30_000)
                .host("db", refusesAfter(1), fails(10, Setback.HOST), serves(1))
                .play();

        assertThat(played.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(played.endedAt()).isEqualTo(11);
    }

    @Test
    void aRefusalLeavesWhatOtherHostsHaveUnderWay() {
        Played played = Script.deadline(20_000)
                .host("a", silent(), silent())
                .host("b", fails(10, Setback.HOST), serves(1))
                .host("c", serves(20_000))
                .play();

        assertThat(played.dials()).noneMatch(dial -> dial.startsWith("b2"));
        assertThat(played.dropped(Reason.HOST_ANSWERED)).isEmpty();
        assertThat(played.dropped(Reason.EXPIRED))
                .extracting(drop -> drop.substring(0, 2))
                .contains("a1", "a2");
    }

    @Test
    void aRefusalSilencesAnAddressOfTheHostThatIsAboutToBeAskedAgain() {
        Played played = Script.deadline(30_000)
                .host("db", fails(1, Setback.STARTING_UP), fails(10, Setback.HOST))
                .play();

        assertThat(played.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(played.endedAt()).isEqualTo(11);
    }

    @Test
    void anAnswerOfTheNameServerThatComesAfterTheRefusalChangesNothing() {
        Played played = Script.deadline(30_000)
                .host("a", fails(10, Setback.HOST), serves(1))
                .answersAfter(2000)
                .lastAnswerHas(1)
                .host("b", serves(5000))
                .play();

        assertThat(played.dials()).containsExactly("a1@1000", "b1@1010");
        assertThat(played.winner()).isEqualTo("b1");
    }
}
