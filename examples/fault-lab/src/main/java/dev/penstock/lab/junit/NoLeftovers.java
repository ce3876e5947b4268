package dev.penstock.lab.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** After each test none of the library's threads may be left. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(LeftoverCheck.class)
public @interface NoLeftovers {

    /** How the names of the watched threads begin. */
    String prefix() default "penstock-";

    /** Beginnings of names that are allowed to stay: the resolver's threads are bounded and shared. */
    String[] except() default {"penstock-resolver"};

    /** How long a thread may take to end after its test, in milliseconds. */
    int withinMillis() default 2_000;
}
