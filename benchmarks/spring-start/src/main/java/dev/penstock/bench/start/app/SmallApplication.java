package dev.penstock.bench.start.app;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Starts, says how long that took, and ends. */
@SpringBootApplication
public class SmallApplication {
    /** How the line begins that says it. */
    public static final String READY = "ready";

    /** Not called by people. */
    public static void main(String[] args) {
        SpringApplication.run(SmallApplication.class, args).close();
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        long process = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        Duration context = Objects.requireNonNull(event.getTimeTaken());
        String pool = event.getApplicationContext()
                .getBean(DataSource.class)
                .getClass()
                .getSimpleName();
        System.out.println(String.join(" ", READY, Long.toString(context.toMillis()), Long.toString(process), pool));
    }
}
