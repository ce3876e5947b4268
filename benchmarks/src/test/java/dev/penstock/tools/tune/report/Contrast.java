package dev.penstock.tools.tune.report;

/** Of two colours by WCAG 2.2: 1 for the same, 21 for black and white; text wants 4.5, marks want 3. */
final class Contrast {
    private Contrast() {}

    /** Of {@code #rrggbb}. */
    static double of(String one, String other) {
        return of(hex(one), hex(other));
    }

    /** Of red, green and blue from 0 to 255. */
    static double of(int[] one, int[] other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static int[] hex(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return new int[] {rgb >> 16, (rgb >> 8) & 0xff, rgb & 0xff};
    }

    private static double luminance(int[] rgb) {
        return 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
