package dev.penstock.budget;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fleet of replicas with connection pools. Counted is what its pools may grow to, not what they hold at the moment.
 *
 * @param name of the service
 * @param replicas how many run
 * @param rollout how many more while a new version is rolled out
 * @param pools per replica: one for each process and for each {@code DataSource} in it
 * @param poolSize the most connections of one pool ({@code maximumPoolSize}; with SQLAlchemy {@code pool_size +
 *     max_overflow}; one per thread where each thread has its own)
 * @param threads how many connections the code takes at a time
 * @param share what it gets of what there is
 * @param via name of the PgBouncer tier that it connects to; null: it connects to the server
 */
public record Service(
        String name,
        Replicas replicas,
        Rollout rollout,
        int pools,
        int poolSize,
        ThreadUse threads,
        Share share,
        @Nullable String via) {
    /** {@code pools} and {@code poolSize} from 1 to 10^6, and so is what one replica holds. */
    public Service {
        Bounds.name("name", name);
        Objects.requireNonNull(replicas, "replicas");
        Objects.requireNonNull(rollout, "rollout");
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(share, "share");
        Bounds.between("pools", 1, Bounds.MOST, pools);
        Bounds.between("poolSize", 1, Bounds.MOST, poolSize);
        Bounds.connectionsOfOne("pools x poolSize", (long) pools * poolSize);
        Bounds.connectionsOfOne("pools x deadlock floor", (long) pools * threads.deadlockFloor());
        if (share.most() < threads.deadlockFloor()) {
            throw new InvalidBudgetException(
                    "share.most",
                    "must be at least the deadlock floor (" + threads.deadlockFloor() + ")",
                    share.most());
        }
    }

    /** One pool in each of so many replicas, straight to the server, rolled out as Kubernetes does by default. */
    public static Service of(String name, int replicas, int poolSize) {
        return new Service(
                name, Replicas.of(replicas), Rollout.USUAL, 1, poolSize, ThreadUse.ONE_EACH, Share.EVEN, null);
    }

    /** The same with an autoscaler. */
    public Service withReplicas(int steady, int maximum) {
        return new Service(name, new Replicas(steady, maximum), rollout, pools, poolSize, threads, share, via);
    }

    /** The same, rolled out in another way. */
    public Service withRollout(Rollout other) {
        return new Service(name, replicas, other, pools, poolSize, threads, share, via);
    }

    /** The same with so many pools per replica. */
    public Service withPools(int perReplica) {
        return new Service(name, replicas, rollout, perReplica, poolSize, threads, share, via);
    }

    /** The same with pools of another size. */
    public Service withPoolSize(int size) {
        return new Service(name, replicas, rollout, pools, size, threads, share, via);
    }

    /** The same with code that takes several connections at a time. */
    public Service withThreads(ThreadUse use) {
        return new Service(name, replicas, rollout, pools, poolSize, use, share, via);
    }

    /** The same with another share. */
    public Service withShare(Share other) {
        return new Service(name, replicas, rollout, pools, poolSize, threads, other, via);
    }

    /** The same, connected to that PgBouncer tier; null: to the server. */
    public Service withVia(@Nullable String tier) {
        return new Service(name, replicas, rollout, pools, poolSize, threads, share, tier);
    }
}
