package dev.penstock.lab.junit;

import dev.penstock.lab.postgres.PostgresServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Provides a {@link PostgresServer} as a parameter of constructors, test methods and set-up methods.
 *
 * <p>Equal annotations share one server for the whole run: a test that freezes or kills it has to leave it running, or
 * starts a server of its own.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(PostgresExtension.class)
public @interface WithPostgres {

    /** For example 17; 0 means {@code -Dpenstock.test.postgres.major}. */
    int major() default 0;

    /** With certificates for {@code db.penstock.test}, {@code localhost} and 127.0.0.1. */
    boolean tls() default false;

    /** Settings of {@code postgresql.conf}, each as {@code name=value}. */
    String[] settings() default {};
}
