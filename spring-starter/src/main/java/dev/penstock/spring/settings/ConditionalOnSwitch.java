package dev.penstock.spring.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * Unless a property is false. What it must not be is on, and with a placeholder that stands for nothing it is as if it
 * were not set: the settings refuse both, where a condition of Spring Boot's would throw what nobody explains.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnSwitchCondition.class)
public @interface ConditionalOnSwitch {
    /** Its name. */
    String value();

    /** Whether it is on if it is not set. */
    boolean byDefault();
}
