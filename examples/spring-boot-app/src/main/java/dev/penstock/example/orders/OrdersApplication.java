package dev.penstock.example.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** {@code ./mvnw -q -Pspring-demo}; what to try then is printed, and told in the README.md beside the pom. */
@SpringBootApplication
public class OrdersApplication {
    /** Runs until Ctrl-C. */
    public static void main(String[] args) {
        SpringApplication.run(OrdersApplication.class, args);
    }
}
