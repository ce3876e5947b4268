package dev.penstock.tools;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line: {@code 500ms}, {@code 1.5s}, {@code 1m}. A number alone could mean anything. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m)");

    private static final Map<String, BigDecimal> SECONDS =
            Map.of("ms", new BigDecimal("0.001"), "s", BigDecimal.ONE, "m", BigDecimal.valueOf(60));

    @Override
    public Duration convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("must be a number with ms, s or m such as 500ms, but was '" + text + "'");
        }
        BigDecimal seconds = new BigDecimal(matcher.group(1)).multiply(SECONDS.get(matcher.group(2)));
        // nine decimals at most: six of the number, three of ms
        return Duration.ofSeconds(
                seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).intValueExact());
    }
}
