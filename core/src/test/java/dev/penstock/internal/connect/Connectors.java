package dev.penstock.internal.connect;

import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PenstockListener;
import java.time.Duration;
import java.util.function.Consumer;

/** Connectors to servers that are not real: the driver must not ask them anything. */
final class Connectors {
    static final Duration FAR = Duration.ofSeconds(60);

    private Connectors() {}

    static PenstockConnector to(int port, Duration deadline, Consumer<ConnectSettings.Builder> change) {
        return to("127.0.0.1", port, deadline, change, new PenstockListener() {});
    }

    static PenstockConnector to(
            String host,
            int port,
            Duration deadline,
            Consumer<ConnectSettings.Builder> change,
            PenstockListener listener) {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.deadline(deadline))
                .connect(change)
                .listener(listener)
                .build();
        return PenstockConnector.builder("jdbc:postgresql://" + host + ":" + port
                        + "/app?user=app&password=x&sslmode=disable&assumeMinServerVersion=9.4")
                .config(config)
                .build();
    }
}
