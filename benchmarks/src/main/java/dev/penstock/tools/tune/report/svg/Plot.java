package dev.penstock.tools.tune.report.svg;

import java.util.List;
import java.util.function.DoubleFunction;

/** The drawing area of a chart: one size for all, text as large as on the page around it. */
public final class Plot {
    /** Width of the whole chart. */
    public static final double WIDTH = 480;

    /** Height of the whole chart. */
    public static final double HEIGHT = 300;

    /** Left edge of the drawing area; beside it stand the numbers of the vertical axis. */
    public static final double LEFT = 62;

    /** Right edge. */
    public static final double RIGHT = WIDTH - 12;

    /** Upper edge; above it is a line of text. */
    public static final double TOP = 24;

    /** Lower edge; below it are the numbers of the horizontal axis, and its name. */
    public static final double BOTTOM = HEIGHT - 46;

    private static final double GAP = 8;
    private static final double BASELINE = 4;
    private static final double BELOW = 18;

    private Plot() {}

    /**
     * A chart that a screen reader reads as a picture.
     *
     * @param id on the page, for its title and its description
     * @param styleClass for the style sheet
     * @param title what it shows
     * @param description what is to be seen
     */
    public static Element chart(String id, String styleClass, String title, String description) {
        return Element.of("svg", styleClass)
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + Coordinates.text(WIDTH) + " " + Coordinates.text(HEIGHT))
                .with("role", "img")
                .with("aria-labelledby", id + "-title " + id + "-description")
                .add(
                        Element.of("title").with("id", id + "-title").text(title),
                        Element.of("desc").with("id", id + "-description").text(description));
    }

    /** A line across with a number for each tick. */
    public static Element verticalAxis(Scale scale, DoubleFunction<String> label) {
        Element axis = Element.of("g", "axis");
        for (double tick : scale.ticks()) {
            double y = scale.at(tick);
            axis.add(
                    Shapes.line(tick == scale.low() ? "base" : "across", LEFT, y, RIGHT, y),
                    Shapes.text("tick end", LEFT - GAP, y + BASELINE, label.apply(tick)));
        }
        return axis;
    }

    /** A number below for each tick, and what it counts. */
    public static Element horizontalAxis(Scale scale, DoubleFunction<String> label, String name) {
        Element axis = Element.of("g", "axis");
        for (double tick : scale.ticks()) {
            axis.add(Shapes.text("tick middle", scale.at(tick), BOTTOM + BELOW, label.apply(tick)));
        }
        return axis.add(axisName(name));
    }

    /** Below the horizontal axis. */
    public static Element axisName(String name) {
        return Shapes.text("name middle", (LEFT + RIGHT) / 2, HEIGHT - GAP, name);
    }

    /** A line down through the drawing area, with a text above it that stays inside the chart. */
    public static List<Element> marker(double x, String text) {
        double half = text.length() * 3.6;
        double middle = Math.max(LEFT + half, Math.min(RIGHT - half, x));
        return List.of(
                Shapes.line("marker", x, TOP, x, BOTTOM), Shapes.text("marker-text middle", middle, TOP - GAP, text));
    }

    /** A line across. */
    public static Element limit(double y) {
        return Shapes.line("limit", LEFT, y, RIGHT, y);
    }
}
