package dev.penstock.spring;

import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.internal.wiring.Blueprint;
import dev.penstock.internal.wiring.Parts;
import dev.penstock.spring.settings.PoolSettings;
import java.util.Properties;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.env.StandardEnvironment;

/**
 * Loads the classes of a pool while the application does something else, so that the first pool does not have to wait
 * for them: some 500, which is most of what Penstock adds to a start. Nothing is connected, and no thread started.
 * Spring Boot calls it in a thread of its own, if there is more than one processor, and lets it fail.
 */
final class Preload implements BackgroundPreinitializer {
    @Override
    public void preinitialize() {
        PenstockConfig config = PenstockConfig.defaults();
        Blueprint nowhere = Blueprint.of("preload", "jdbc:postgresql://127.0.0.1/", new Properties(), config, null);
        Parts.of(nowhere).close();
        new PenstockHikariDataSource(config).close();
        PoolSettings unused = new PoolSettings(new StandardEnvironment());
    }
}
