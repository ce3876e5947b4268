package dev.penstock.internal.race;

import static dev.penstock.internal.race.AttemptDelayTest.many;
import static dev.penstock.internal.race.Behaviour.blackHole;
import static dev.penstock.internal.race.Behaviour.dribbles;
import static dev.penstock.internal.race.Behaviour.refusesAfter;
import static dev.penstock.internal.race.Behaviour.serves;
import static dev.penstock.internal.race.Behaviour.silent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Race.Verdict;
import org.junit.jupiter.api.Test;

/** Several hosts under one deadline: each has its share, and the next one starts beside the earlier. */
class HostsTest {
    @Test
    void theSecondHostIsNotEvenLookedUpWhileTheFirstHasItsShare() {
        Played played = Script.deadline(30_000)
                .host("a", serves(4000))
                .host("b", serves(1))
                .play();

        assertThat(played.of("look-up")).containsExactly("a@0");
        assertThat(played.winner()).isEqualTo("a1");
    }

    @Test
    void theTimeIsSharedAmongTheHostsThatAreLeft() {
        Played played = Script.deadline(12_000)
                .host("a", silent())
                .host("b", silent())
                .host("c", silent())
                .play();

        assertThat(played.of("look-up")).containsExactly("a@0", "b@4000", "c@8000");
        assertThat(played.dials()).containsExactly("a1@0", "b1@4000", "c1@8000");
    }

    @Test
    void theNextHostStartsBesideTheSlowOneWhichMayStillWin() {
        Played played = Script.deadline(10_000)
                .host("a", serves(5500))
                .host("b", serves(2000))
                .play();

        assertThat(played.dials()).containsExactly("a1@0", "b1@5000");
        assertThat(played.winner()).isEqualTo("a1");
    }

    @Test
    void theNextHostStartsAtOnceWhenTheOneBeforeHasFailed() {
        Played played = Script.deadline(30_000)
                .host("a", refusesAfter(3), refusesAfter(4))
                .host("b", serves(1))
                .play();

        assertThat(played.of("look-up")).containsExactly("a@0", "b@7");
        assertThat(played.winner()).isEqualTo("b1");
    }

    @Test
    void timeThatAHostDoesNotUseGoesToTheOthers() {
        Played played = Script.deadline(12_000)
                .host("a", refusesAfter(0))
                .host("b", silent())
                .host("c", serves(1))
                .play();

        assertThat(played.of("look-up")).containsExactly("a@0", "b@0", "c@6000");
    }

    @Test
    void aHeadStartLimitsTheWaitAndNotTheSharesOfTheAddresses() {
        Played hosts = Script.deadline(30_000)
                .headStart(2000)
                .host("a", silent())
                .host("b", serves(10))
                .play();
        Played addresses = Script.deadline(30_000)
                .headStart(2000)
                .oneByOne()
                .host("a", silent(), silent(), serves(10))
                .play();

        assertThat(hosts.of("look-up")).containsExactly("a@0", "b@2000");
        assertThat(addresses.dials()).containsExactly("a1@0", "a2@10000", "a3@20000");
    }

    @Test
    void theNextHostStartsBesideOneThatTalksForEver() {
        Played played = Script.deadline(2000)
                .host("a", many(12, dribbles(10)))
                .host("b", serves(10))
                .play();

        assertThat(played.winner()).isEqualTo("b1");
        assertThat(played.endedAt()).isEqualTo(1010);
    }

    @Test
    void blackHolesOfOneHostDoNotHoldTheNextHostBack() {
        Played played = Script.deadline(10_000)
                .host("a", many(3, blackHole()))
                .host("b", serves(10))
                .play();

        assertThat(played.winner()).isEqualTo("b1");
        assertThat(played.endedAt()).isLessThanOrEqualTo(5300);
    }

    @Test
    void allHostsFailEarly() {
        Played played = Script.deadline(30_000)
                .host("a", refusesAfter(1))
                .host("b")
                .lookUpFailsAfter(5)
                .host("c", refusesAfter(1))
                .play();

        assertThat(played.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(played.endedAt()).isEqualTo(7);
    }

    @Test
    void whereTheAddressIsNotOursToChooseThereIsOneEntrantAndNoLookUp() {
        Played played = Script.deadline(5000).direct("proxied", serves(10)).play();

        assertThat(played.of("look-up")).isEmpty();
        assertThat(played.dials()).containsExactly("proxied@0");
        assertThat(played.winner()).isEqualTo("proxied");
    }

    @Test
    void aDirectHostStartsBesideOneThatTalksForEver() {
        Played played = Script.deadline(4000)
                .direct("a", dribbles(10))
                .direct("b", serves(10))
                .play();

        assertThat(played.dials()).containsExactly("a@0", "b@2000");
        assertThat(played.winner()).isEqualTo("b");
    }

    @Test
    void directHostsFollowEachOtherLikeAnyOthers() {
        Played played = Script.deadline(4000)
                .direct("a", silent())
                .direct("b", serves(10))
                .play();

        assertThat(played.dials()).containsExactly("a@0", "b@2000");
        assertThat(played.winner()).isEqualTo("b");
    }
}
