package dev.penstock.tools.tune.report.svg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An element of HTML or SVG with what is inside it, written so that it is well-formed XML as well. All text is escaped.
 * Not thread-safe.
 */
public final class Element {
    /** The only ones of HTML that we use and that must not have an end tag. */
    private static final Set<String> WITHOUT_END = Set.of("meta", "br");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> inside = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    /** An empty one. */
    public static Element of(String name) {
        return new Element(name);
    }

    /** One of a class of the style sheet; several are separated by blanks. */
    public static Element of(String name, String styleClass) {
        return of(name).with("class", styleClass);
    }

    /** With this attribute. */
    public Element with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** With this coordinate, which must be finite. */
    public Element with(String attribute, double coordinate) {
        return with(attribute, Coordinates.text(coordinate));
    }

    /** With this text. */
    public Element text(String text) {
        inside.add(new Text(Markup.escaped(text)));
        return this;
    }

    /** With this style sheet, which browsers read as it stands. */
    public Element styles(String css) {
        if (css.contains("<") || css.contains("&")) {
            throw new IllegalArgumentException("a style sheet must have neither < nor &, but was " + css);
        }
        inside.add(new Text(css));
        return this;
    }

    /** With these inside. */
    public Element add(Element... children) {
        return add(List.of(children));
    }

    /** With these inside. */
    public Element add(List<Element> children) {
        inside.addAll(children);
        return this;
    }

    /** Elements that have nothing but elements inside get a line for each of them. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> out.append(' ')
                .append(attribute)
                .append("=\"")
                .append(Markup.escaped(value))
                .append('"'));
        if (WITHOUT_END.contains(name)) {
            out.append("/>");
            return;
        }
        out.append('>');
        writeInside(out);
        out.append("</").append(name).append('>');
    }

    private void writeInside(StringBuilder out) {
        String separator = inside.stream().anyMatch(Text.class::isInstance) ? "" : "\n";
        for (Object part : inside) {
            out.append(separator);
            if (part instanceof Element child) {
                child.write(out);
            } else {
                out.append(((Text) part).escaped());
            }
        }
        out.append(inside.isEmpty() ? "" : separator);
    }

    private record Text(String escaped) {}
}
