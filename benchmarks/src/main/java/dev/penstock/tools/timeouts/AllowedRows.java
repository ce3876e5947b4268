package dev.penstock.tools.timeouts;

import dev.penstock.lab.work.AllowedWork;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Work that the server's own setting would allow: none of it is cut, and all of it arrives. */
final class AllowedRows {
    /** One at a time: that many bytes keep a processor busy. */
    private static final List<AllowedWork> LARGE =
            List.of(AllowedWork.COPY_IN_WITH_PAUSES, AllowedWork.COPY_OUT_READ_WITH_PAUSES);

    private AllowedRows() {}

    /** One piece of work, and the row that it belongs to. */
    private record Trial(String row, String work, Ending ending) {
        boolean isCut() {
            return !ending.how().equals(Ending.NOT_CUT);
        }
    }

    static List<Row> rows(Means means) throws Exception {
        List<Trial> trials = new ArrayList<>();
        for (boolean tls : new boolean[] {false, true}) {
            String over = tls ? ", TLS" : ", plain";
            AllowedRuns runs = new AllowedRuns(means.server(), tls);
            trials.addAll(large(means, runs, over));
            means.progress().accept("all others" + over + " ...");
            trials.addAll(small(runs, over));
        }
        Map<String, List<Trial>> byRow =
                trials.stream().collect(Collectors.groupingBy(Trial::row, LinkedHashMap::new, Collectors.toList()));
        List<Row> rows = new ArrayList<>();
        byRow.forEach((row, each) -> rows.add(row(row, each)));
        return rows;
    }

    private static List<Trial> large(Means means, AllowedRuns runs, String over) {
        long bytes = means.plan().copyBytes();
        List<Trial> trials = new ArrayList<>();
        for (AllowedWork work : LARGE) {
            Trial trial =
                    new Trial(row(work) + ", " + bytes / 1_000_000 + " MB each", work + over, runs.run(work, bytes));
            means.progress().accept(trial.work() + ": " + trial.ending());
            trials.add(trial);
        }
        return trials;
    }

    /** Side by side: nearly all of it is waiting. */
    private static List<Trial> small(AllowedRuns runs, String over) throws Exception {
        Map<AllowedWork, CompletableFuture<Ending>> calls = new EnumMap<>(AllowedWork.class);
        Stream.of(AllowedWork.values())
                .filter(work -> !LARGE.contains(work))
                .forEach(work -> calls.put(work, Limited.supply(() -> runs.run(work))));
        CompletableFuture<Ending> replication = Limited.supply(runs::replication);
        List<Trial> trials = new ArrayList<>();
        for (Map.Entry<AllowedWork, CompletableFuture<Ending>> call : calls.entrySet()) {
            AllowedWork work = call.getKey();
            trials.add(new Trial(row(work), work + over, call.getValue().get()));
        }
        trials.add(new Trial("replication stream that is quiet", "REPLICATION" + over, replication.get()));
        return trials;
    }

    private static String row(AllowedWork work) {
        return switch (work) {
            case COPY_IN_WITH_PAUSES -> "COPY in, with pauses";
            case COPY_OUT_READ_WITH_PAUSES -> "COPY out, read with pauses";
            case COPY_IN_IN_A_TRANSACTION,
                    COPY_IN_THAT_TAKES_LONGER_THAN_A_STATEMENT_MAY,
                    COPY_IN_ROW_BY_ROW,
                    COPY_OUT_IN_A_TRANSACTION,
                    COPY_OUT_THAT_TAKES_LONGER_THAN_A_STATEMENT_MAY -> "COPY in other ways";
            case LISTEN_WITHOUT_END, LISTEN_AFTER_A_COMMIT, LISTEN_FOR_SOME_TIME, LISTEN_IN_A_TRANSACTION -> "LISTEN";
            case CURSOR_WITH_THINK_TIME -> "cursor with think time";
            case LARGE_RESULT_READ_SLOWLY -> "large result read slowly";
            case BATCH, BATCH_IN_A_TRANSACTION, TRANSACTIONS_BACK_TO_BACK, SEVERAL_STATEMENTS_IN_ONE ->
                "many short statements";
        };
    }

    private static Row row(String name, List<Trial> trials) {
        List<Trial> cut = trials.stream().filter(Trial::isCut).toList();
        Map<String, Double> seconds = new LinkedHashMap<>();
        trials.forEach(trial -> seconds.put(trial.work(), trial.ending().nanos() / 1e9));
        return Row.of(
                        "allowed by the server: " + name + ": cut",
                        cut.size() + " of " + trials.size() + ", plain and TLS",
                        "0",
                        RowVerdict.of(cut.isEmpty()))
                .with(cut.stream()
                        .map(trial -> trial.work() + ": " + trial.ending())
                        .toList())
                .with(Map.of("cut", cut.size(), "seconds", seconds));
    }
}
