package dev.penstock.tools.tune.report.svg;

import java.util.Locale;

/** Marks of a chart; how they look is up to the style sheet. */
public final class Shapes {
    private static final double RADIUS = 4;

    private Shapes() {}

    /** What stands for one measured value. The three differ without colour too. */
    public enum Mark {
        CIRCLE,
        SQUARE,
        DIAMOND;

        /** Its class in the style sheet. */
        public String styleClass() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Around a point, with a text that shows when one points at it. */
    public static Element mark(Mark mark, String styleClass, double x, double y, String hint) {
        return outline(mark, x, y)
                .with("class", styleClass)
                .add(Element.of("title").text(hint));
    }

    /** The same without a text, for a legend. */
    public static Element outline(Mark mark, double x, double y) {
        return switch (mark) {
            case CIRCLE -> Element.of("circle").with("cx", x).with("cy", y).with("r", RADIUS);
            case SQUARE -> box(x, y, RADIUS - 0.5);
            case DIAMOND ->
                Element.of("path")
                        .with(
                                "d",
                                new PathBuilder()
                                        .to(x, y - RADIUS - 1)
                                        .to(x + RADIUS + 1, y)
                                        .to(x, y + RADIUS + 1)
                                        .to(x - RADIUS - 1, y)
                                        .closed());
        };
    }

    private static Element box(double x, double y, double half) {
        return rectangle(x - half, y - half, x + half, y + half);
    }

    /** By two of its corners. */
    public static Element rectangle(double left, double top, double right, double bottom) {
        return Element.of("rect")
                .with("x", left)
                .with("y", top)
                .with("width", Math.max(0, right - left))
                .with("height", Math.max(0, bottom - top));
    }

    /** Straight. */
    public static Element line(String styleClass, double x1, double y1, double x2, double y2) {
        return Element.of("line", styleClass)
                .with("x1", x1)
                .with("y1", y1)
                .with("x2", x2)
                .with("y2", y2);
    }

    /** Where it starts, ends or has its middle is up to its class. */
    public static Element text(String styleClass, double x, double y, String text) {
        return Element.of("text", styleClass).with("x", x).with("y", y).text(text);
    }
}
