package dev.penstock.replay;

import dev.penstock.replay.acts.Act;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Progress;
import dev.penstock.replay.report.Promise;
import dev.penstock.replay.report.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the acts in order, then collects what came of them. An act that cannot be played is a broken promise. */
final class Programme {
    private final List<Act> acts;
    private final Progress progress;

    Programme(List<Act> acts, Progress progress) {
        this.acts = List.copyOf(acts);
        this.progress = progress;
    }

    /** One report per act, in their order; all acts are closed afterwards. */
    List<ActReport> run() {
        try {
            List<Optional<ActReport>> failures = new ArrayList<>();
            for (int i = 0; i < acts.size(); i++) {
                failures.add(play(i));
            }
            List<ActReport> reports = new ArrayList<>();
            for (int i = 0; i < acts.size(); i++) {
                reports.add(failures.get(i).isPresent() ? failures.get(i).get() : report(i));
            }
            return reports;
        } finally {
            acts.forEach(this::close);
            progress.about("");
            progress.end();
        }
    }

    /** Empty when it went well. */
    private Optional<ActReport> play(int index) {
        progress.about(name(index));
        try {
            acts.get(index).play(progress);
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(failed(index, e));
        }
    }

    private ActReport report(int index) {
        progress.about(name(index));
        try {
            return acts.get(index).report(progress);
        } catch (Exception e) {
            return failed(index, e);
        }
    }

    private void close(Act act) {
        try {
            act.close();
        } catch (RuntimeException e) { // the others have to be closed as well
            progress.note("not closed: " + Texts.of(e));
        }
    }

    private static String name(int index) {
        return "Act " + (index + 1);
    }

    private static ActReport failed(int index, Exception e) {
        String what = Texts.of(e);
        return new ActReport(
                List.of("This act was not played to its end. " + what),
                List.of(Promise.broken(name(index) + " is played to its end", Texts.cut(what, 40), "yes")));
    }
}
