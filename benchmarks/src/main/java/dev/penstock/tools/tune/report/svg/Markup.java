package dev.penstock.tools.tune.report.svg;

/** What text may hold in HTML and in XML. */
final class Markup {
    private static final int REPLACEMENT = 0xFFFD;

    private Markup() {}

    /** For text and for attributes in double quotes; what XML forbids is replaced. */
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(c, out));
        return out.toString();
    }

    private static void append(int c, StringBuilder out) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(allowed(c) ? c : REPLACEMENT);
        }
    }

    /** Char of XML 1.0, without the control characters that it only discourages. */
    private static boolean allowed(int c) {
        boolean whitespace = c == '\t' || c == '\n';
        boolean control = Character.isISOControl(c) && !whitespace;
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        boolean nothing = (c & 0xFFFE) == 0xFFFE;
        return !control && !surrogate && !nothing;
    }
}
