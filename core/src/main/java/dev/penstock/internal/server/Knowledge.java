package dev.penstock.internal.server;

import dev.penstock.LimitsInForce;
import dev.penstock.PoolerMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one session has taught about its server.
 *
 * @param version as the server reports it to each session; another one means that all of this is void
 * @param pooler what stands in between, AUTO if nobody looked
 * @param means how limits reach the next session
 * @param wanted what that is sent
 * @param look what the server said; null if it did not answer
 * @param noOptions why nothing is put into the startup packet: the SQLState with which it was refused, or that it was
 *     overridden; null if it may be
 * @param finding why limits are not in force for the session; null if they are
 */
record Knowledge(
        String version,
        PoolerMode pooler,
        Means means,
        Wanted wanted,
        @Nullable Look look,
        @Nullable String noOptions,
        @Nullable Finding finding) {
    static final String OVERRIDDEN = "overridden";

    /** The same, for another reason. */
    Knowledge with(Finding other) {
        return new Knowledge(version, pooler, means, wanted, look, noOptions, other);
    }

    int versionNum() {
        return look == null ? 0 : look.versionNum();
    }

    /** Why options are not worth another try; null if they are: a refusal may have been about something else. */
    @Nullable String stillNoOptions() {
        return OVERRIDDEN.equals(noOptions) ? noOptions : null;
    }

    /** For the startup packet; null for none. */
    @Nullable String options() {
        String options = means == Means.OPTIONS ? wanted.options(versionNum()) : "";
        return options.isEmpty() ? null : options;
    }

    /** Whether sessions go without something that was asked for. */
    boolean lacks() {
        return finding != null && finding.lacks();
    }

    ServerSide side() {
        return new ServerSide(pooler, versionNum(), look == null ? Map.of() : look.limits(), !lacks());
    }

    /** For people, with what was asked for in the beginning. */
    LimitsInForce report(String server, Wanted asked) {
        List<LimitsInForce.Limit> limits = asked.all().stream()
                .filter(one -> one.limit() != null)
                .map(this::report)
                .toList();
        return new LimitsInForce(server, versionNum(), pooler, limits, finding == null ? null : finding.text());
    }

    private LimitsInForce.Limit report(Asked one) {
        Look.Value value = look == null ? null : look.value(one);
        return new LimitsInForce.Limit(
                Objects.requireNonNull(one.limit()), one.millis(), value == null ? null : value.millis());
    }
}
