package dev.penstock.spring.ecosystem;

import javax.sql.DataSource;
import org.springframework.aot.AotDetector;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application in a JVM of its own, which says on standard output when it is ready, and with what. */
@Configuration(proxyBeanMethods = false)
@Import(PlainApplication.class)
public class ChildMain {
    /** What the line begins with that it says. */
    static final String READY = "ready: ";

    /** The line of an application whose pool is of this class. */
    static String ready(Class<? extends DataSource> pool, boolean generated) {
        return READY + pool.getName() + " in " + "postgres" + (generated ? ", generated" : "");
    }

    /** Arguments are properties of Spring Boot's. */
    public static void main(String[] args) {
        SpringApplication.run(ChildMain.class, args);
    }

    @Bean
    ApplicationRunner sayReady(DataSource dataSource) {
        return arguments -> {
            String database = Launched.ask(dataSource, "current_database()");
            System.out.println(READY + dataSource.getClass().getName() + " in " + database
                    + (AotDetector.useGeneratedArtifacts() ? ", generated" : ""));
        };
    }
}
