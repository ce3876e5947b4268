package dev.penstock.spring.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * Where a switch of the starter's is on. Unlike {@code ConditionalOnProperty} this bears any text, so that it is the
 * settings that refuse it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Conditional(OnSwitchCondition.class)
public @interface ConditionalOnSwitch {
    /** Name of the property. */
    String value();

    /** What it is if nobody sets it. */
    boolean byDefault() default false;
}
