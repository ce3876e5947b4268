package dev.penstock.internal.race;

import static dev.penstock.internal.race.Behaviour.blackHole;
import static dev.penstock.internal.race.Behaviour.refusesAfter;
import static dev.penstock.internal.race.Behaviour.serves;
import static dev.penstock.internal.race.Behaviour.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Race.Verdict;
import org.junit.jupiter.api.Test;

/** What the race does while the name server takes its time. */
class NamesTest {
    @Test
    void aMuteNameServerIsWaitedForUntilTheDeadline() {
        Played played = Script.deadline(5000).host("db", serves(1)).mute().play();

        assertThat(played.of("last-answer")).containsExactly("db@1000");
        assertThat(played.verdict()).isEqualTo(Verdict.EXPIRED);
        assertThat(played.endedAt()).isEqualTo(5000);
    }

    @Test
    void theLastGoodAnswerServesOncePatienceIsOver() {
        Played played = Script.deadline(5000)
                .host("db", serves(10))
                .mute()
                .lastAnswerHas(1)
                .play();

        assertThat(played.dials()).containsExactly("db1@1000");
        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void patienceIsASetting() {
        Played played = Script.deadline(5000)
                .dnsPatience(200)
                .host("db", serves(10))
                .mute()
                .lastAnswerHas(1)
                .play();

        assertThat(played.endedAt()).isEqualTo(210);
    }

    @Test
    void anAnswerThatComesLateJoinsTheRace() {
        Played played = Script.deadline(5000)
                .host("db", blackHole(), serves(10))
                .answersAfter(1100)
                .lastAnswerHas(1)
                .play();

        assertThat(played.dials()).containsExactly("db1@1000", "db2@1250");
        assertThat(played.winner()).isEqualTo("db2");
    }

    @Test
    void anAnswerThatComesLateIsNeededIfTheOldOneIsDead() {
        Played played = Script.deadline(5000)
                .host("db", refusesAfter(1), serves(10))
                .answersAfter(3000)
                .lastAnswerHas(1)
                .play();

        assertThat(played.dials()).containsExactly("db1@1000", "db2@3000");
    }

    @Test
    void anAnswerWithinPatienceNeedsNoOther() {
        Played played = Script.deadline(5000)
                .host("db", serves(10))
                .answersAfter(900)
                .lastAnswerHas(1)
                .play();

        assertThat(played.of("last-answer")).isEmpty();
        assertThat(played.dials()).containsExactly("db1@900");
    }

    @Test
    void aNameThatDoesNotExistIsTheEndOfItsHostOnly() {
        Played played = Script.deadline(5000)
                .host("gone", serves(1))
                .lookUpFailsAfter(20)
                .host("b", serves(10))
                .play();

        assertThat(played.of("look-up")).containsExactly("gone@0", "b@20");
        assertThat(played.winner()).isEqualTo("b1");
    }

    @Test
    void aNameThatDoesNotExistEndsTheConnectIfThereIsNoOther() {
        Played played = Script.deadline(5000)
                .host("gone", serves(1))
                .lookUpFailsAfter(20)
                .play();

        assertThat(played.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(played.endedAt()).isEqualTo(20);
    }

    @Test
    void whoRacesOnTheLastAnswerSurvivesTheFailureOfTheLookUp() {
        Played played = Script.deadline(5000)
                .host("db", serves(500))
                .lookUpFailsAfter(1200)
                .lastAnswerHas(1)
                .play();

        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void theNextHostDoesNotWaitForAMuteNameServerLongerThanItsPatience() {
        Played played = Script.deadline(30_000)
                .host("mute", serves(1))
                .mute()
                .host("b", serves(10))
                .play();

        assertThat(played.of("look-up")).containsExactly("mute@0", "b@1000");
        assertThat(played.winner()).isEqualTo("b1");
    }

    @Test
    void addressesThatJoinLateGetTheirShareOfWhatIsLeft() {
        Played played = Script.deadline(10_000)
                .host("db", Behaviour.dribbles(50), silent(), serves(10))
                .answersAfter(4000)
                .lastAnswerHas(1)
                .play();

        assertThat(played.winner()).isEqualTo("db3");
    }
}
