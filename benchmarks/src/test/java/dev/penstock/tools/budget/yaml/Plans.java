package dev.penstock.tools.budget.yaml;

import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.FixedClients;
import dev.penstock.budget.Headroom;
import dev.penstock.budget.Memory;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Replicas;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Share;
import dev.penstock.budget.ThreadUse;
import dev.penstock.budget.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Plans of every kind of value, defaults above all, with names that YAML would take for something else. */
final class Plans {
    private static final int MILLION = 1_000_000;
    private static final int BILLION = 1_000_000_000;

    private static final List<String> ODD_NAMES = List.of(
            "null",
            "~",
            "true",
            "no",
            "12",
            "0x1F",
            "1e3",
            ".inf",
            "- a",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "'",
            "\"",
            "\\",
            "{",
            "[",
            "]",
            "?",
            "|",
            ">",
            " a",
            "a ",
            "=",
            "<<",
            "2026-11-22",
            "\u00e9\u4e2d",
            "\ud83d\ude00",
            "\ufeffa",
            "a\u2028b",
            "\u00a0x",
            "\ufffe",
            "\uffff",
            "all",
            "none",
            "---",
            "...",
            "yes",
            "0o17",
            "1_000",
            "1:30",
            "-",
            "a:",
            ":",
            "{{",
            " ' \" ",
            "\u3000a",
            "\u2029a",
            "x".repeat(30));

    private final Random random;

    private Plans(Random random) {
        this.random = random;
    }

    static Arbitrary<Plan> any() {
        return Arbitraries.longs().map(seed -> new Plans(new Random(seed)).plan());
    }

    private Plan plan() {
        List<BouncerTier> tiers = new ArrayList<>();
        for (int i = 0, n = random.nextInt(4); i < n; i++) {
            tiers.add(tier(name(i)));
        }
        List<Service> services = new ArrayList<>();
        for (int i = 0, n = random.nextInt(6); i < n; i++) {
            services.add(service(name(i)).withVia(via(tiers)));
        }
        List<FixedClients> clients = new ArrayList<>();
        for (int i = 0, n = random.nextInt(3); i < n; i++) {
            clients.add(new FixedClients(name(i), between(0, MILLION), via(tiers)));
        }
        Thresholds thresholds = new Thresholds(or(80, between(1, 100)), or(80, between(1, 100)));
        return new Plan(server(), services, tiers, clients, thresholds, or(Plan.ALL_AT_ONCE, between(1, MILLION)));
    }

    /** Different for different numbers. */
    private String name(int number) {
        String name = ODD_NAMES.get(random.nextInt(ODD_NAMES.size()));
        return number == 0 ? name : name + number + (random.nextBoolean() ? name : "");
    }

    private String via(List<BouncerTier> tiers) {
        return tiers.isEmpty() || random.nextBoolean()
                ? null
                : tiers.get(random.nextInt(tiers.size())).name();
    }

    private ServerLimits server() {
        int max = between(1, MILLION);
        int superusers = max > 3 ? or(3, between(0, max - 1)) : 0;
        return new ServerLimits(
                max,
                superusers,
                or(0, between(0, max - superusers - 1)),
                or(-1, between(0, MILLION)),
                or(-1, between(0, MILLION)),
                or(0, between(0, MILLION)),
                new Headroom(or(0, between(0, MILLION)), or(0, between(0, 9)), or(0, between(0, 9))),
                random.nextBoolean() ? null : new Memory(between(1, BILLION), or(10, between(1, BILLION))));
    }

    private Service service(String name) {
        int pools = or(1, between(1, 1_000));
        int maximum = between(1, MILLION);
        ThreadUse threads = new ThreadUse(or(1, between(1, 30)), or(1, between(1, 30)));
        int most = or(MILLION, between(threads.deadlockFloor(), MILLION));
        return new Service(
                name,
                new Replicas(or(maximum, between(0, maximum)), maximum),
                rollout(),
                pools,
                between(1, 1_000),
                threads,
                new Share(or(1, between(1, MILLION)), or(1, between(1, 9)), most),
                null);
    }

    private BouncerTier tier(String name) {
        return new BouncerTier(
                name,
                or(1, between(1, MILLION)),
                rollout(),
                or(1, between(1, 30)),
                or(1, between(1, 30)),
                or(20, between(1, 500)),
                or(0, between(0, 500)),
                or(0, between(0, MILLION)),
                or(100, between(1, MILLION)));
    }

    private Rollout rollout() {
        return switch (random.nextInt(5)) {
            case 0 -> Rollout.IN_PLACE;
            case 1 -> Rollout.BLUE_GREEN;
            case 2 -> Rollout.USUAL;
            case 3 -> Rollout.count(between(0, MILLION));
            default -> Rollout.perCent(between(0, 1_000));
        };
    }

    private int or(int usual, int other) {
        return random.nextBoolean() ? usual : other;
    }

    private int between(int least, int most) {
        return random.nextInt(8) == 0 ? most : least + random.nextInt(most - least + 1);
    }
}
