package dev.penstock.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.target.ServerRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.postgresql.PGProperty;
import org.postgresql.hostchooser.GlobalHostStatusTracker;
import org.postgresql.hostchooser.HostChooserFactory;
import org.postgresql.hostchooser.HostRequirement;
import org.postgresql.util.HostSpec;

@Tag("driver")
class HostMemoryProperties {
    /** The driver's memory is the JVM's: every try needs hosts of its own. */
    private static final AtomicInteger TRY = new AtomicInteger();

    private final HostMemory memory = new HostMemory(() -> 0, Duration.ofSeconds(10));

    @Property
    void noHostIsEverLost(
            @ForAll @Size(max = 8) List<@WithNull(0.3) HostStatus> known,
            @ForAll ServerRole wanted,
            @ForAll boolean loadBalance,
            @ForAll long seed) {
        List<HostPort> hosts = reported(known);

        assertThat(memory.order(hosts, wanted, loadBalance, new Random(seed)))
                .containsExactlyInAnyOrderElementsOf(hosts);
    }

    @Property
    void theHostsThatTheDriverWouldTryComeFirstAndInItsOrder(
            @ForAll @Size(min = 2, max = 6) List<@WithNull(0.3) HostStatus> known, @ForAll ServerRole wanted) {
        List<HostPort> hosts = reported(known);
        List<HostPort> driver = chosenByTheDriver(hosts, known, wanted);
        Assume.that(!(driver.equals(hosts) && noneMayBe(wanted, known)));

        assertThat(memory.order(hosts, wanted, false, new Random(0))).startsWith(driver.toArray(new HostPort[0]));
    }

    /** Then the driver forgets what it knows and tries all of them; we still try the failed ones last. */
    private static boolean noneMayBe(ServerRole wanted, List<HostStatus> known) {
        return known.stream()
                .allMatch(
                        status -> status != null && (status == HostStatus.CONNECT_FAILED || status.isWrongFor(wanted)));
    }

    private List<HostPort> reported(List<HostStatus> known) {
        int number = TRY.incrementAndGet();
        List<HostPort> hosts = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            var host = new HostPort("try" + number + "-host" + i, 5432);
            hosts.add(host);
            if (known.get(i) != null) {
                memory.report(host, known.get(i));
            }
        }
        return hosts;
    }

    private static List<HostPort> chosenByTheDriver(List<HostPort> hosts, List<HostStatus> known, ServerRole wanted) {
        var specs = new HostSpec[hosts.size()];
        for (int i = 0; i < specs.length; i++) {
            specs[i] = new HostSpec(hosts.get(i).host(), hosts.get(i).port());
            if (known.get(i) != null) {
                GlobalHostStatusTracker.reportHostStatus(specs[i], driverStatus(known.get(i)));
            }
        }
        var info = new Properties();
        PGProperty.HOST_RECHECK_SECONDS.set(info, 1_000);
        Set<HostPort> chosen = new LinkedHashSet<>();
        HostChooserFactory.createHostChooser(specs, requirement(wanted), info)
                .forEach(candidate ->
                        chosen.add(new HostPort(candidate.hostSpec.getHost(), candidate.hostSpec.getPort())));
        return List.copyOf(chosen);
    }

    private static org.postgresql.hostchooser.HostStatus driverStatus(HostStatus status) {
        return switch (status) {
            case CONNECT_FAILED -> org.postgresql.hostchooser.HostStatus.ConnectFail;
            case CONNECTED -> org.postgresql.hostchooser.HostStatus.ConnectOK;
            case PRIMARY -> org.postgresql.hostchooser.HostStatus.Primary;
            case SECONDARY -> org.postgresql.hostchooser.HostStatus.Secondary;
        };
    }

    private static HostRequirement requirement(ServerRole wanted) {
        return switch (wanted) {
            case ANY -> HostRequirement.any;
            case PRIMARY -> HostRequirement.primary;
            case SECONDARY -> HostRequirement.secondary;
            case PREFER_PRIMARY -> HostRequirement.preferPrimary;
            case PREFER_SECONDARY -> HostRequirement.preferSecondary;
        };
    }
}
