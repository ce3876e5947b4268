package dev.penstock.tools.outage;

import dev.penstock.lab.stats.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The runs of one pool through one fault. Not thread-safe. */
final class CellResult {
    private final PoolKind pool;
    private final Fault fault;
    private final List<Figures> counted = new ArrayList<>();
    private final List<Figures> doubtful = new ArrayList<>();
    private @Nullable String failure;

    CellResult(PoolKind pool, Fault fault) {
        this.pool = pool;
        this.fault = fault;
    }

    PoolKind pool() {
        return pool;
    }

    Fault fault() {
        return fault;
    }

    void count(Figures figures) {
        counted.add(figures);
    }

    /** Repeated because the machine stalled, and shown. */
    void doubt(Figures figures) {
        doubtful.add(figures);
    }

    /** A run that brought no figures. */
    void fail(String why) {
        failure = why;
    }

    List<Figures> counted() {
        return List.copyOf(counted);
    }

    List<Figures> doubtful() {
        return List.copyOf(doubtful);
    }

    /** Why a run brought no figures; null if all did. */
    @Nullable String failure() {
        return failure;
    }

    /** Of the counted runs, of which there must be one. */
    double median(ToDoubleFunction<Figures> figure) {
        return Sample.of(counted.stream().mapToDouble(figure).toArray()).median();
    }

    /** The largest. */
    double worst(ToDoubleFunction<Figures> figure) {
        return counted.stream().mapToDouble(figure).max().orElseThrow();
    }
}
