package dev.penstock.bench.start.app;

import java.lang.management.ManagementFactory;
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
        long context = Objects.requireNonNull(event.getTimeTaken()).toMillis();
        long process = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        long processor =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
        Class<?> pool = event.getApplicationContext().getBean(DataSource.class).getClass();
        System.out.println(READY + " " + context + " " + process + " " + processor + " " + pool.getSimpleName());
    }
}
