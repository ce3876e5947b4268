package dev.penstock.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupLineTest {
    private static final String TARGET = "jdbc:postgresql://db1:5432,db2:5432/app targetServerType=primary";

    @Test
    void saysThatEverythingIsAtItsDefault() {
        assertThat(line(PenstockConfig.defaults()))
                .isEqualTo("penstock 'orders': " + TARGET + "; everything at its default");
    }

    @Test
    void namesWhatDiffersAndWhereItCameFrom() {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.deadline(Duration.ofSeconds(5)))
                .build()
                .withProperties(Map.of("penstock.connect.racing", "false"), "dataSourceProperties");
        assertThat(line(config))
                .isEqualTo("penstock 'orders': " + TARGET + "; connect.deadline=5s (builder), "
                        + "connect.racing=false (dataSourceProperties); everything else at its default");
    }

    @Test
    void leavesOutWhatIsSetToItsDefaultAndWhatFollowsFromOthers() {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.racing(true).deadline(Duration.ofSeconds(2)))
                .build();
        assertThat(line(config)).endsWith("; connect.deadline=2s (builder); everything else at its default");
    }

    @Test
    void namesObjectsWithoutPrintingThem() {
        PenstockConfig config = PenstockConfig.builder()
                .connect(connect -> connect.resolver(host -> List.of(InetAddress.getLoopbackAddress()))
                        .credentials(() -> null))
                .listener(new PenstockListener() {})
                .build();
        assertThat(line(config))
                .contains("connect.resolver=custom (builder), connect.credentials=supplier (builder), "
                        + "listeners=1 (builder)");
    }

    private static String line(PenstockConfig config) {
        return StartupLine.of("orders", TARGET, config);
    }
}
