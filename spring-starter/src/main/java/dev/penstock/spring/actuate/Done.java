package dev.penstock.spring.actuate;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectTest;
import dev.penstock.PhaseTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What was done to a pool.
 *
 * @param bean name of the DataSource's bean
 * @param action what was asked for
 * @param result what came of it, in a sentence
 * @param test of a connect test; null for any other action
 * @param budget what the plan comes to with the new size; null if there was nothing to check, and for any other action
 */
public record Done(
        String bean, String action, String result, @Nullable Test test, PoolDetails.@Nullable Budget budget)
        implements OperationResponseBody {
    /**
     * A connect test.
     *
     * @param target URL without parameters
     * @param connected to how many addresses a session was opened; one is enough for connects to succeed
     * @param elapsedMillis what the test took
     * @param limitMillis what it was given
     * @param addresses what became of each
     */
    public record Test(String target, int connected, long elapsedMillis, long limitMillis, List<Tried> addresses) {
        static Test of(ConnectTest test) {
            return new Test(
                    test.target(),
                    test.connected(),
                    test.elapsed().toMillis(),
                    test.limit().toMillis(),
                    test.results().stream().map(Tried::of).toList());
        }
    }

    /**
     * An address that was tried.
     *
     * @param host host as the URL names it, with its port
     * @param address address and port; null where the name was not resolved, or the address is not ours to choose
     * @param outcome how it ended
     * @param phase how far it came
     * @param elapsedMillis time spent on it
     * @param phases how long each phase took
     * @param sqlState as the server or the driver gave it; null if neither did
     * @param message what went wrong, secrets masked; null if nothing did
     * @param serverVersion as the server reports it; null without a session
     * @param role primary or secondary; null unless {@code targetServerType} asks for one
     */
    public record Tried(
            String host,
            @Nullable String address,
            ConnectOutcome outcome,
            ConnectPhase phase,
            long elapsedMillis,
            List<String> phases,
            @Nullable String sqlState,
            @Nullable String message,
            @Nullable String serverVersion,
            @Nullable String role) {
        static Tried of(ConnectTest.Result result) {
            return new Tried(
                    result.host(),
                    result.address(),
                    result.outcome(),
                    result.phase(),
                    result.elapsed().toMillis(),
                    result.phases().stream().map(PhaseTime::toString).toList(),
                    result.sqlState(),
                    result.message(),
                    result.serverVersion(),
                    result.role());
        }
    }
}
