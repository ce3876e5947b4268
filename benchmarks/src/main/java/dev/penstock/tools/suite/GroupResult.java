package dev.penstock.tools.suite;

import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.report.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a group.
 *
 * @param group its name
 * @param figures its rows; none if it failed
 * @param failure why nothing was measured; null if something was
 */
record GroupResult(
        String group, List<Figure> figures, @Nullable String failure) {
    GroupResult {
        figures = List.copyOf(figures);
    }

    /** One that fails is a result too; only an interrupt ends the others with it. */
    static GroupResult of(Group group, SuiteEffort effort, Consumer<String> progress) throws InterruptedException {
        try {
            List<Figure> figures = group.measure(effort, progress);
            check(figures);
            return new GroupResult(group.name(), figures, null);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError e) {
            return new GroupResult(group.name(), List.of(), Row.firstLine(e));
        }
    }

    /** What could not be found again in another run is none. */
    private static void check(List<Figure> figures) {
        Set<String> names = new HashSet<>();
        for (Figure figure : figures) {
            require(names.add(figure.name()), "name", "be the only one of its kind", figure.name());
        }
        require(!figures.isEmpty(), "group", "measure something", "nothing");
    }

    private static void require(boolean kept, String what, String rule, Object was) {
        if (!kept) {
            throw new IllegalStateException("a " + what + " must " + rule + ", but was " + was);
        }
    }

    /** As it is read again once it was written. */
    GroupResult rounded() {
        return new GroupResult(group, figures.stream().map(GroupResult::rounded).toList(), failure);
    }

    private static Figure rounded(Figure figure) {
        Interval ratio = figure.ratio();
        Interval above = figure.above();
        Double bytes = figure.bytes();
        return new Figure(
                figure.name(),
                Digits.rounded(figure.value()),
                figure.unit(),
                ratio == null ? null : Digits.rounded(ratio),
                above == null ? null : Digits.rounded(above),
                bytes == null ? null : Digits.rounded(bytes),
                figure.forks(),
                figure.promise());
    }

    /** Measured, and nothing promised is broken. */
    boolean kept() {
        return failure == null && broken().isEmpty();
    }

    /** Rows whose promise is not kept. */
    List<Figure> broken() {
        return figures.stream()
                .filter(figure -> figure.promise() != null && !figure.promise().kept())
                .toList();
    }
}
