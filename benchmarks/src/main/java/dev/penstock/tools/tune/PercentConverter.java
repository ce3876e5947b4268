package dev.penstock.tools.tune;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Shares: {@code 5%} is 0.05. A number alone could mean either. */
final class PercentConverter implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");
    private static final double HUNDRED = 100;

    @Override
    public Double convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("must be a number with % such as 5%, but was '" + text + "'");
        }
        return Double.parseDouble(form.group(1)) / HUNDRED;
    }
}
