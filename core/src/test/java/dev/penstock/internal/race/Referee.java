package dev.penstock.internal.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Race.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Watches one race: what must hold in every one of them is checked here, in each. */
final class Referee {
    private final Script script;
    private final Race race;
    private final List<Played.Line> lines = new ArrayList<>();

    private final Set<Entrant> dialling = new HashSet<>();
    private final Set<Entrant> connected = new HashSet<>();
    private final Set<Entrant> sessions = new HashSet<>();
    private final Set<Entrant> usable = new HashSet<>();
    private boolean over;
    private int mostSessions;
    private int mostDialling;

    Referee(Script script, Race race) {
        this.script = script;
        this.race = race;
    }

    /** Moves are seen when they are carried out, those of the last step after the verdict. */
    void saw(Move move, long now) {
        if (move instanceof Move.Dial dial) {
            assertThat(race.verdict()).as("verdict at a dial").isEqualTo(Verdict.RUNNING);
            assertThat(holds(dial.entrant())).as("dials twice: " + dial).isFalse();
            dialling.add(dial.entrant());
            note(now, "dial", dial.entrant());
        } else if (move instanceof Move.OpenSession open) {
            assertThat(race.verdict()).as("verdict at an opening").isEqualTo(Verdict.RUNNING);
            assertThat(connected.remove(open.entrant()))
                    .as("opens unconnected: " + open)
                    .isTrue();
            sessions.add(open.entrant());
            note(now, "open", open.entrant());
        } else if (move instanceof Move.Drop drop) {
            assertThat(release(drop.entrant()))
                    .as("drops what is not open: " + drop)
                    .isTrue();
            note(now, "drop(" + drop.reason() + ")", drop.entrant());
        } else if (move instanceof Move.ReportSilence silence) {
            note(now, "silent", silence.entrant());
        } else if (move instanceof Move.LookUp lookUp) {
            lines.add(new Played.Line(now, "look-up", lookUp.host().host()));
        } else if (move instanceof Move.UseLastAnswer last) {
            lines.add(new Played.Line(now, "last-answer", last.host().host()));
        }
        mostSessions = Math.max(mostSessions, sessions.size());
        mostDialling = Math.max(mostDialling, dialling.size());
        assertThat(sessions.size()).as("sessions being opened").isLessThanOrEqualTo(script.maxSessions);
        assertThat(dialling.size()).as("TCP attempts in flight").isLessThanOrEqualTo(RaceRules.MAX_DIALLING);
    }

    void connected(Entrant entrant) {
        assertThat(dialling.remove(entrant))
                .as("connects undialled: " + entrant)
                .isTrue();
        connected.add(entrant);
    }

    void usable(Entrant entrant, long now) {
        assertThat(sessions.remove(entrant)).as("usable unopened: " + entrant).isTrue();
        usable.add(entrant);
        note(now, "usable", entrant);
    }

    void failed(Entrant entrant) {
        assertThat(release(entrant)).as("fails without a socket: " + entrant).isTrue();
    }

    /** The race is decided: the winner holds its socket, and nobody else does. */
    Played finish(long now) {
        assertThat(over).isFalse();
        over = true;
        assertThat(now).as("end of the race").isLessThanOrEqualTo(script.deadline);
        Entrant winner = race.winner();
        assertThat(winner != null).isEqualTo(race.verdict() == Verdict.WON);
        if (winner != null) {
            assertThat(usable.remove(winner))
                    .as("winner has a usable session: " + winner)
                    .isTrue();
        }
        assertThat(dialling).as("still dialling").isEmpty();
        assertThat(connected).as("still connected").isEmpty();
        assertThat(sessions).as("still opening a session").isEmpty();
        assertThat(usable).as("usable, lost and not closed").isEmpty();
        assertThat(race.tick(now)).as("moves after the end").isEmpty();
        assertThat(race.tick(script.deadline)).as("moves after the end").isEmpty();
        assertThat(race.abandon()).as("moves after the end").isEmpty();
        return new Played(
                race.verdict(),
                winner == null ? null : script.nameOf(winner),
                Script.millis(now),
                List.copyOf(lines),
                mostSessions,
                mostDialling);
    }

    private boolean holds(Entrant entrant) {
        return dialling.contains(entrant)
                || connected.contains(entrant)
                || sessions.contains(entrant)
                || usable.contains(entrant);
    }

    private boolean release(Entrant entrant) {
        return Stream.of(dialling, connected, sessions, usable)
                        .filter(stage -> stage.remove(entrant))
                        .count()
                == 1;
    }

    private void note(long now, String what, Entrant entrant) {
        lines.add(new Played.Line(now, what, script.nameOf(entrant)));
    }
}
