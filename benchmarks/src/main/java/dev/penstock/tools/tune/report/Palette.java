package dev.penstock.tools.tune.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Colours of the page, in light and in dark. The style sheet knows them by name only. */
enum Palette {
    BACKGROUND("#f4f6f8", "#0e1319", Use.AREA),
    SURFACE("#ffffff", "#171d26", Use.AREA),
    RULE("#dfe3e8", "#2c3541", Use.AREA),
    BAND("#e2eefa", "#1b2f45", Use.AREA),
    CHOSEN("#f1ebfd", "#292442", Use.AREA),
    INK("#151a21", "#e9edf2", Use.TEXT),
    MUTED("#535e6c", "#a6b0bd", Use.TEXT),
    GOOD("#0f6b3b", "#62d49c", Use.TEXT),
    CAUTION("#864900", "#ffb658", Use.TEXT),
    BAD("#b0141e", "#ff8c92", Use.TEXT),
    ACCENT("#6a2fd0", "#bba1ff", Use.TEXT),
    BOTH("#0067ac", "#5fb2ff", Use.MARK),
    WAIT("#c2450c", "#ff9f60", Use.MARK),
    SERVICE("#00795a", "#3fd0a0", Use.MARK),
    HEAT1("#d8e8fb", "#1b3149", Use.AREA),
    HEAT2("#a6cbf5", "#235180", Use.AREA),
    HEAT3("#68a5e8", "#317abf", Use.AREA),
    HEAT4("#2d74c6", "#66b0f1", Use.AREA),
    HEAT5("#0d3c7b", "#c8e4ff", Use.AREA);

    /** What a colour is for: how much it must differ from what is behind it depends on that. */
    enum Use {
        /** Behind something. */
        AREA,
        /** Lines and marks. */
        MARK,
        /** Letters. */
        TEXT
    }

    private final String light;
    private final String dark;
    private final Use use;

    Palette(String light, String dark, Use use) {
        this.light = light;
        this.dark = dark;
        this.use = use;
    }

    String light() {
        return light;
    }

    String dark() {
        return dark;
    }

    Use use() {
        return use;
    }

    /** Light for all, dark for screens whose user prefers it. Paper is white. */
    static String styles() {
        return ":root {" + variables(Palette::light) + "}\n@media screen and (prefers-color-scheme: dark) { :root {"
                + variables(Palette::dark) + "} }\n";
    }

    private static String variables(Function<Palette, String> colour) {
        return Arrays.stream(values())
                .map(entry -> " --" + entry.name().toLowerCase(Locale.ROOT) + ": " + colour.apply(entry) + ";")
                .collect(Collectors.joining());
    }
}
