package dev.penstock.tools.timeouts;

import dev.penstock.lab.stats.Sample;
import dev.penstock.tools.report.Repeats;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * How calls of one kind must end.
 *
 * @param name of the row
 * @param most how long each may take
 * @param how each must end
 */
record Promise(String name, Duration most, String how) {
    boolean isKept(Ending ending) {
        return ending.isWithin(most) && ending.how().equals(how);
    }

    /** So many, one after the other. */
    Row measure(Means means, Callable<Ending> once) throws Exception {
        Repeats<Ending> repeats = Repeats.measure(means.plan().times(), this::isKept, once);
        return row(means, repeats.values(), repeats.remarks(Ending::toString));
    }

    Row row(Means means, List<Ending> endings, List<String> doubtful) {
        List<String> remarks = new ArrayList<>(doubtful);
        endings.stream().filter(ending -> !isKept(ending)).limit(5).forEach(each -> remarks.add("broken: " + each));
        double[] seconds =
                endings.stream().mapToDouble(ending -> ending.nanos() / 1e9).toArray();
        long worst = endings.stream().mapToLong(Ending::nanos).max().orElse(0);
        String measured = endings.isEmpty()
                ? "nothing"
                : "median " + Ending.seconds((long) (Sample.of(seconds).median() * 1e9)) + ", worst "
                        + Ending.seconds(worst) + " of " + endings.size() + "; " + hows(endings);
        means.progress().accept(name + ": " + measured);
        return Row.of(
                        name,
                        measured,
                        Ending.seconds(most.toNanos()) + "; " + how,
                        RowVerdict.of(!endings.isEmpty() && endings.stream().allMatch(this::isKept)))
                .with(remarks)
                .with(Map.of(
                        "seconds", endings.stream().map(e -> e.nanos() / 1e9).toList()));
    }

    private static String hows(List<Ending> endings) {
        Map<String, Integer> counts = new TreeMap<>();
        endings.forEach(ending -> counts.merge(ending.how(), 1, Integer::sum));
        return counts.size() == 1 ? counts.keySet().iterator().next() : counts.toString();
    }
}
