package dev.penstock.lab.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.fault.Loopback;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PostgresModeTest {

    /** Whichever machine this runs on: forced Docker is used, or the lack of it is an error. Never something else. */
    @Test
    void forcedDockerIsUsedOrItsLackIsAnError() {
        PostgresPlan plan = plan(PostgresServerBuilder.defaultMajor());
        if (PostgresMode.dockerAnswers()) {
            try (PostgresEngine engine = PostgresMode.DOCKER.start(plan)) {
                assertThat(engine.name()).isEqualTo("docker");
            }
        } else {
            assertThatThrownBy(() -> PostgresMode.DOCKER.start(plan))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("-Dpenstock.test.postgres=docker, but no Docker engine answers")
                    .hasMessageContaining("DOCKER_HOST");
        }
    }

    @Test
    void rejectsAModeThatItDoesNotKnow() {
        assertThatThrownBy(() -> PostgresMode.parse("podman"))
                .hasMessage("-Dpenstock.test.postgres must be docker, embedded or auto, but was podman");
        assertThat(PostgresMode.parse("embedded")).isEqualTo(PostgresMode.EMBEDDED);
    }

    @Test
    void saysWhichBinariesAreMissing() {
        assertThatThrownBy(() -> PostgresMode.EMBEDDED.start(plan(99)))
                .hasMessageContaining("PostgreSQL 99 did not start")
                .cause()
                .hasMessageContaining("No binaries of PostgreSQL 99: the class path has 17")
                .hasMessageContaining("-Dpenstock.test.postgres.binaries=");
    }

    @Test
    void saysWhatIsWrongWithAPlan() {
        assertThatThrownBy(() -> PostgresServer.start(13)).hasMessage("major must be 14 or later, but was 13");
        assertThatThrownBy(() -> PostgresServer.builder().listenAddresses("127.0.0.2"))
                .hasMessage("listenAddresses must contain 127.0.0.1, but was 127.0.0.2");
    }

    @Test
    @Tag("slow")
    void showsTheLogOfAServerThatDoesNotStart() {
        assertThatThrownBy(() -> PostgresServer.builder()
                        .setting("max_connections", "many")
                        .start())
                .hasMessageContaining("did not start. Its log ends:")
                .hasMessageContaining("max_connections");
    }

    private static PostgresPlan plan(int major) {
        return new PostgresPlan(
                major, Loopback.freePort(), List.of("127.0.0.1"), Map.of(), List.of(), false, "secret", null);
    }
}
