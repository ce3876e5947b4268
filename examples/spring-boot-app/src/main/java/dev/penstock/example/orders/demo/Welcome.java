package dev.penstock.example.orders.demo;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says what to try, when it can be tried. */
@Component
class Welcome {
    @EventListener
    void ready(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        System.out.println(text("localhost:" + environment.getProperty("local.server.port", "8080")));
    }

    static String text(String server) {
        return """

                The orders are at http://%1$s/orders, the pool of five connections at

                  curl -s %1$s/actuator/penstock/dataSource
                  curl -s %1$s/actuator/health
                  curl -s %1$s/actuator/prometheus | grep ^penstock

                What goes wrong in applications, and what Penstock says of it in this window:

                  curl -X POST %1$s/trouble/leak      # borrows a connection and forgets it
                  curl -X POST %1$s/trouble/hold      # holds a transaction open while another service is called
                  curl -X POST %1$s/trouble/sleep     # a statement of a minute
                  curl -X POST %1$s/trouble/lock & curl -X POST %1$s/trouble/lock   # two want the same row
                  curl -X POST %1$s/trouble/fail      # an error: no trouble for the pool

                Ctrl-C ends it, and the database with it.
                """.formatted(server);
    }
}
