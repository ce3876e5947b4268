package dev.penstock.internal.race;

import static dev.penstock.internal.race.Behaviour.blackHole;
import static dev.penstock.internal.race.Behaviour.refusesAfter;
import static dev.penstock.internal.race.Behaviour.serves;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Move.Reason;
import dev.penstock.internal.race.Race.Verdict;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** TCP races as RFC 8305 has it. */
class AttemptDelayTest {
    @Test
    void oneAddressThatServesIsAllThatIsTried() {
        Played played = Script.deadline(5000).host("db", serves(20).tcp(5)).play();

        assertThat(played.lines())
                .extracting(Played.Line::toString)
                .containsExactly("look-up db @0", "dial db1 @0", "open db1 @5", "usable db1 @25");
        assertThat(played.winner()).isEqualTo("db1");
        assertThat(played.endedAt()).isEqualTo(25);
    }

    @Test
    void aHealthyFirstAddressIsTheOnlyOneDialled() {
        Played played = Script.deadline(30_000)
                .host("db", serves(100).tcp(100), serves(1), serves(1))
                .play();

        assertThat(played.dials()).containsExactly("db1@0");
    }

    @Test
    void theSecondFollowsAfter250MillisecondsAndTheOthersBy100() {
        Played played = Script.deadline(30_000).host("db", many(5, blackHole())).play();

        assertThat(played.dials()).containsExactly("db1@0", "db2@250", "db3@350", "db4@450", "db5@550");
        assertThat(played.verdict()).isEqualTo(Verdict.EXPIRED);
        assertThat(played.endedAt()).isEqualTo(30_000);
        assertThat(played.dropped(Reason.EXPIRED)).hasSize(5);
    }

    @Test
    void aFailureStartsTheNextAtOnceAndTheDelayCountsFromThere() {
        Played played = Script.deadline(30_000)
                .host("db", refusesAfter(30), refusesAfter(40), blackHole(), blackHole())
                .play();

        assertThat(played.dials()).containsExactly("db1@0", "db2@30", "db3@70", "db4@320");
    }

    @Test
    void allRefusedEndsAtOnceAndNotAtTheDeadline() {
        Played played =
                Script.deadline(30_000).host("db", many(12, refusesAfter(1))).play();

        assertThat(played.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(played.endedAt()).isEqualTo(12);
    }

    @Test
    void elevenBlackHolesDelayTheTwelfthAddressByLessThanOneAndAHalfSeconds() {
        Behaviour[] addresses = many(12, blackHole());
        addresses[11] = serves(20).tcp(2);
        Played played = Script.deadline(30_000).host("db", addresses).play();

        assertThat(played.winner()).isEqualTo("db12");
        assertThat(played.when("dial", "db12")).isEqualTo(250 + 10 * 100);
        assertThat(played.endedAt()).isLessThanOrEqualTo(1500);
        assertThat(played.dropped(Reason.LOST)).hasSize(11);
    }

    @Test
    void aSlowTcpConnectIsNotGivenUpForALaterDial() {
        Played played = Script.deadline(30_000)
                .host("db", serves(20).tcp(400), blackHole(), blackHole())
                .play();

        assertThat(played.winner()).isEqualTo("db1");
        assertThat(played.endedAt()).isEqualTo(420);
        assertThat(played.dropped(Reason.LOST)).containsExactly("db2@420", "db3@420");
    }

    @Test
    void whoConnectsSecondWaitsInReserveAndStepsInWhenTheFirstFails() {
        Played played = Script.deadline(30_000)
                .host(
                        "db",
                        serves(20).tcp(500),
                        Behaviour.fails(300, Setback.ADDRESS).tcp(100))
                .play();

        assertThat(played.sessions()).containsExactly("db2@350", "db1@650");
        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void noMoreThanSixteenConnectsAreInFlight() {
        Played played =
                Script.deadline(30_000).host("db", many(20, blackHole())).play();

        assertThat(played.mostDialling()).isEqualTo(RaceRules.MAX_DIALLING);
        assertThat(played.dropped(Reason.GAVE_WAY))
                .hasSize(4)
                .first()
                .asString()
                .startsWith("db1@");
    }

    @Test
    void thoseThatHadToGiveWayToFurtherConnectsComeBackWhenNobodyElseIsLeft() {
        Behaviour[] addresses = many(17, refusesAfter(4000));
        addresses[0] = serves(10).tcp(3000);
        Played played = Script.deadline(30_000).host("db", addresses).play();

        assertThat(played.dropped(Reason.GAVE_WAY)).containsExactly("db1@1750");
        assertThat(played.dials()).filteredOn(dial -> dial.startsWith("db1@")).hasSize(2);
        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void whoGivesWayToFurtherConnectsHasHadItsTime() {
        Script script =
                Script.deadline(8000).attemptDelay(10).host("db", serves(1).tcp(180));
        for (int i = 0; i < 19; i++) {
            script.address(blackHole());
        }

        assertThat(script.play().winner()).isEqualTo("db1");
    }

    @Test
    void bothFamiliesRaceAlike() {
        Played played = Script.deadline(30_000)
                .host("db")
                .six(blackHole())
                .address(serves(5).tcp(1))
                .six(blackHole())
                .play();

        assertThat(played.dials()).containsExactly("db1@0", "db2@250");
        assertThat(played.winner()).isEqualTo("db2");
    }

    @Test
    void anAddressThatTheAnswerHasTwiceIsTriedOnce() {
        Played played = Script.deadline(5000)
                .host("db", refusesAfter(1), blackHole())
                .answersTwice()
                .play();

        assertThat(played.dials()).containsExactly("db1@0", "db2@1");
    }

    @Test
    void whoeverDoesNotWaitAnyLongerLeavesNothingBehind() {
        Played played = Script.deadline(30_000)
                .host("db", blackHole(), serves(5000), blackHole())
                .abandonedAt(3000)
                .play();

        assertThat(played.verdict()).isEqualTo(Verdict.ABANDONED);
        assertThat(played.endedAt()).isEqualTo(3000);
        assertThat(played.dropped(Reason.ABANDONED)).containsExactly("db1@3000", "db2@3000", "db3@3000");
    }

    static Behaviour[] many(int count, Behaviour behaviour) {
        return Collections.nCopies(count, behaviour).toArray(Behaviour[]::new);
    }

    static Behaviour[] with(Behaviour[] addresses, int index, Behaviour behaviour) {
        Behaviour[] copy = Arrays.copyOf(addresses, addresses.length);
        copy[index] = behaviour;
        return copy;
    }
}
