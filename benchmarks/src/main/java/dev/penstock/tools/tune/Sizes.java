package dev.penstock.tools.tune;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Pool sizes that are looked at, both included. */
record Sizes(int smallest, int largest) {
    /** {@code 1-64}. */
    static final class Converter implements ITypeConverter<Sizes> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,4})-(\\d{1,4})");
        private static final int MOST = 1000;

        @Override
        public Sizes convert(String text) {
            Matcher form = FORM.matcher(text);
            if (form.matches()) {
                Sizes sizes = new Sizes(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
                if (sizes.smallest >= 1 && sizes.largest >= sizes.smallest && sizes.largest <= MOST) {
                    return sizes;
                }
            }
            throw new TypeConversionException("must be two sizes from 1 to " + MOST
                    + ", the smaller first, such as 1-64, but was '" + text + "'");
        }
    }
}
