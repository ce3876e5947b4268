package dev.penstock.lab.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@WithPostgres
class WithPostgresTest {
    private final PostgresServer ofConstructor;

    WithPostgresTest(PostgresServer ofConstructor) {
        this.ofConstructor = ofConstructor;
    }

    @Test
    void sharesOneServer(PostgresServer ofMethod) {
        assertThat(ofMethod).isSameAs(ofConstructor);
        assertThat(ofMethod.tls()).isNull();
    }

    @Test
    @WithPostgres(settings = "max_connections = 23")
    void theMethodsWordCounts(PostgresServer ofMethod) throws SQLException {
        assertThat(ofMethod).isNotSameAs(ofConstructor);
        try (Connection connection = ofMethod.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW max_connections")) {
            result.next();
            assertThat(result.getString(1)).isEqualTo("23");
        }
    }

    @Nested
    class Inside {
        @Test
        void theOuterClassesWordCounts(PostgresServer ofMethod) {
            assertThat(ofMethod).isSameAs(ofConstructor);
        }
    }

    @Nested
    @WithPostgres(tls = true)
    class InsideWithItsOwn {
        @Test
        void theInnerClassesWordCounts(PostgresServer ofMethod) {
            assertThat(ofMethod.tls()).isNotNull();
        }
    }
}
