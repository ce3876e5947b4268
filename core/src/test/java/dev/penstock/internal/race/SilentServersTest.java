package dev.penstock.internal.race;

import static dev.penstock.internal.race.AttemptDelayTest.many;
import static dev.penstock.internal.race.AttemptDelayTest.with;
import static dev.penstock.internal.race.Behaviour.blackHole;
import static dev.penstock.internal.race.Behaviour.dribbles;
import static dev.penstock.internal.race.Behaviour.serves;
import static dev.penstock.internal.race.Behaviour.servesFrom;
import static dev.penstock.internal.race.Behaviour.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Move.Reason;
import dev.penstock.internal.race.Race.Verdict;
import org.junit.jupiter.api.Test;

/** Sessions: one while it talks, company when it falls silent, three at the most, and who gives way. */
class SilentServersTest {
    private static final double LONG = 600_000;

    @Test
    void companyComesAfter500MillisecondsOfSilenceAndAfter250OnceTwoAreSilent() {
        Played played = Script.deadline(LONG).host("db", many(6, silent())).play();

        assertThat(played.sessions()).startsWith("db1@0", "db2@500", "db3@1000", "db4@1250", "db5@1500", "db6@1750");
    }

    @Test
    void onlySilenceSinceTheLastByteCounts() {
        Played played = Script.deadline(LONG)
                .host("db", serves(3000).bytesEvery(400), serves(1))
                .play();

        assertThat(played.sessions()).containsExactly("db1@0");
        assertThat(played.winner()).isEqualTo("db1");
    }

    @Test
    void whoIsReportedSilentIsReportedOnceAndWithHowLong() {
        Played played = Script.deadline(LONG).host("db", many(4, silent())).play();

        assertThat(played.of("silent"))
                .startsWith("db1@500", "db2@1000", "db3@1250")
                .doesNotHaveDuplicates();
    }

    @Test
    void threeSessionsAreOpenAtMostAndTheOldestSilentOneGivesWay() {
        Played played = Script.deadline(LONG).host("db", many(6, silent())).play();

        assertThat(played.mostSessions()).isEqualTo(3);
        assertThat(played.dropped(Reason.GAVE_WAY)).containsExactly("db1@1250", "db2@1500", "db3@1750");
    }

    @Test
    void theLastThreeStayUntilTheDeadline() {
        Played played = Script.deadline(LONG).host("db", many(6, silent())).play();

        assertThat(played.dropped(Reason.EXPIRED)).containsExactly("db4@600000", "db5@600000", "db6@600000");
    }

    @Test
    void aTalkingSessionDoesNotGiveWayWhileASilentOneIsThere() {
        Played played = Script.deadline(LONG)
                .host("db", dribbles(100), silent(), silent(), serves(5))
                .sessions(2)
                .play();

        assertThat(played.dropped(Reason.GAVE_WAY)).first().asString().startsWith("db2@");
        assertThat(played.dropped(Reason.LOST)).anyMatch(drop -> drop.startsWith("db1@"));
    }

    @Test
    void elevenSilentServersLeaveTheTwelfthEnoughOfFiveSeconds() {
        Played played = Script.deadline(5000)
                .host("db", with(many(12, silent()), 11, serves(100)))
                .play();

        assertThat(played.winner()).isEqualTo("db12");
        assertThat(played.endedAt()).isLessThanOrEqualTo(4000);
        assertThat(played.mostSessions()).isEqualTo(3);
    }

    @Test
    void elevenSilentServersWithDefaultsAsWell() {
        Played played = Script.deadline(30_000)
                .host("db", with(many(12, silent()), 11, serves(100)))
                .play();

        assertThat(played.endedAt()).isLessThanOrEqualTo(4000);
    }

    @Test
    void twelveServersThatAreSilentForSixSecondsAndThenServeConnect() {
        Played played =
                Script.deadline(10_000).host("db", many(12, servesFrom(6000))).play();

        assertThat(played.verdict()).isEqualTo(Verdict.WON);
        assertThat(played.endedAt()).isLessThanOrEqualTo(6100);
    }

    @Test
    void aServerThatNeedsTwelveSecondsToAuthenticateConnectsWithTheDefaults() {
        Played alone = Script.deadline(30_000)
                .headStart(10_000)
                .host("db", serves(12_000))
                .play();
        Played everywhere = Script.deadline(30_000)
                .headStart(10_000)
                .host("db", many(12, serves(12_000)))
                .play();

        assertThat(alone.winner()).isEqualTo("db1");
        assertThat(alone.endedAt()).isEqualTo(12_000);
        assertThat(everywhere.verdict()).isEqualTo(Verdict.WON);
    }

    @Test
    void aUniformlySlowServiceConnectsThoughEveryAddressHadCompany() {
        Played played =
                Script.deadline(10_000).host("db", many(8, serves(4000))).play();

        assertThat(played.verdict()).isEqualTo(Verdict.WON);
        assertThat(played.winner()).isEqualTo("db6");
    }

    @Test
    void aSessionThatDribblesForEverCostsNoMoreThanItsShare() {
        Played played =
                Script.deadline(10_000).host("db", dribbles(300), serves(20)).play();

        assertThat(played.winner()).isEqualTo("db2");
        assertThat(played.endedAt()).isLessThanOrEqualTo(5100);
    }

    @Test
    void fourThatDribbleForEverDoNotKeepTheFifthFromItsShare() {
        Played played = Script.deadline(10_000)
                .host("db", with(many(5, dribbles(50)), 4, serves(20)))
                .play();

        assertThat(played.winner()).isEqualTo("db5");
        assertThat(played.endedAt()).isLessThanOrEqualTo(8100);
    }

    @Test
    void whoWaitsWithTcpBesideASessionThatDribblesForEverGetsItsShareToo() {
        Played played = Script.deadline(5000)
                .host("db", dribbles(300).tcp(300), serves(20).tcp(100))
                .play();

        assertThat(played.winner()).isEqualTo("db2");
    }

    @Test
    void companyThatConnectsLateDoesNotTakeThePlaceOfASessionThatHasJustBegun() {
        Played played = Script.deadline(LONG)
                .sessions(1)
                .host("db", silent(), silent().tcp(640), serves(200))
                .play();

        // db2 is dialled at 500 and db3 at 750; db3 has the session when db2 connects at 1140 and is not silent.
        assertThat(played.winner()).isEqualTo("db3");
        assertThat(played.dropped(Reason.GAVE_WAY)).noneMatch(drop -> drop.startsWith("db3@"));
    }

    @Test
    void thoseThatGaveWayComeBackWhenAllOthersHaveFailed() {
        Played played = Script.deadline(20_000)
                .host("db", with(many(4, Behaviour.fails(1500, Setback.ADDRESS)), 0, servesFrom(4000)))
                .play();

        assertThat(played.dropped(Reason.GAVE_WAY)).containsExactly("db1@1250");
        assertThat(played.winner()).isEqualTo("db1");
        assertThat(played.endedAt()).isLessThanOrEqualTo(4100);
    }

    @Test
    void oneSessionAtATimeIfThatIsTheLimit() {
        Played played = Script.deadline(LONG)
                .sessions(1)
                .host("db", with(many(5, silent()), 4, serves(10)))
                .play();

        assertThat(played.mostSessions()).isEqualTo(1);
        assertThat(played.winner()).isEqualTo("db5");
    }

    @Test
    void blackHolesAmongSilentServersChangeNothing() {
        Played played = Script.deadline(10_000)
                .host("db", silent(), blackHole(), silent(), blackHole(), serves(10))
                .play();

        assertThat(played.winner()).isEqualTo("db5");
        assertThat(played.endedAt()).isLessThanOrEqualTo(3000);
    }
}
