package dev.penstock.budget;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Services that share what is left by their weights, after those before them and before those behind them.
 *
 * @param members their indices in the account
 */
record Rank(List<Member> members) {
    /**
     * One of them.
     *
     * @param index in the account
     * @param weight next to the others
     * @param least pool size
     * @param most pool size
     */
    record Member(int index, long weight, int least, int most) {
        static Member of(int index, Service service, Sharing sharing) {
            int least = service.threads().deadlockFloor();
            int most = Math.min(service.share().most(), Bounds.MOST / service.pools());
            return switch (sharing) {
                case EQUAL -> new Member(index, 1, least, most);
                case WEIGHTED -> new Member(index, service.share().weight(), least, most);
                case PRIORITISED -> new Member(index, 1, least, Math.max(least, Math.min(most, service.poolSize())));
            };
        }

        /** Its size if each weight counts for {@code shares / per} connections. */
        int size(long shares, long per) {
            return (int) Math.max(least, Math.min(most, shares * weight / per));
        }
    }

    /** In the order in which they are served. */
    static List<Rank> of(List<Service> services, Sharing sharing) {
        TreeMap<Integer, List<Integer>> byPriority = new TreeMap<>(IntStream.range(0, services.size())
                .boxed()
                .collect(Collectors.groupingBy(i ->
                        sharing == Sharing.PRIORITISED ? services.get(i).share().priority() : 0)));
        return byPriority.values().stream()
                .map(indices -> new Rank(indices.stream()
                        .map(i -> Member.of(i, services.get(i), sharing))
                        .toList()))
                .toList();
    }
}
