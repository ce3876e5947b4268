package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.svg.Shapes.Mark;
import dev.penstock.tools.tune.search.Times;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Which part of a unit of work a time is about. */
enum Part {
    WAIT("wait", "for a connection", Mark.SQUARE, Times::waited),
    SERVICE("service", "with the connection", Mark.DIAMOND, Times::served),
    BOTH("both", "wait and service", Mark.CIRCLE, Times::took);

    private final String title;
    private final String meaning;
    private final Mark mark;

    @SuppressWarnings("ImmutableEnumChecker") // method references have no state
    private final Function<Times, Histogram> histogram;

    Part(String title, String meaning, Mark mark, Function<Times, Histogram> histogram) {
        this.title = title;
        this.meaning = meaning;
        this.mark = mark;
        this.histogram = histogram;
    }

    /** In tables, in JSON, and as a class of the style sheet. */
    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    /** In charts. */
    Mark mark() {
        return mark;
    }

    Histogram of(Times times) {
        return histogram.apply(times);
    }
}
