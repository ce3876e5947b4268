package dev.penstock.tools;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Decimal numbers. Java's own would take {@code 5d}, meant as five a day, for 5, and {@code 0x1p3} for 8. */
public final class DecimalConverter implements ITypeConverter<Double> {
    /** Made by picocli. */
    public DecimalConverter() {}

    @Override
    public Double convert(String text) {
        try {
            return new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
            throw new TypeConversionException("must be a number such as 200 or 0.5, but was '" + text + "'");
        }
    }
}
