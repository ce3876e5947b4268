package dev.penstock.tools.outage;

import dev.penstock.tools.report.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every run as JSON. A time that never came is left out: JSON knows no infinity. */
final class OutageJson {
    private OutageJson() {}

    static String of(OutagePlan plan, Surroundings surroundings, List<CellResult> results, boolean kept) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("surroundings", surroundings.byName());
        json.put("outageMillis", plan.outage().toMillis());
        json.put("watchMillis", plan.watch().toMillis());
        json.put("repeat", plan.repeat());
        json.put("limits", limits());
        json.put("kept", kept);
        json.put("cells", results.stream().map(OutageJson::cell).toList());
        return Json.of(json);
    }

    private static Map<String, Object> limits() {
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("callers", Limits.CALLERS);
        limits.put("poolSize", Limits.SIZE);
        limits.put("callerMillis", Limits.CALLER.toMillis());
        limits.put("validationMillis", Limits.VALIDATION.toMillis());
        limits.put("queryMillis", Limits.QUERY.toMillis());
        limits.put("holdMillis", Limits.HOLD.toMillis());
        limits.put("restMillis", Limits.REST.toMillis());
        limits.put("penstockConnectDeadlineMillis", Limits.CONNECT.toMillis());
        return limits;
    }

    private static Map<String, Object> cell(CellResult result) {
        Map<String, Object> cell = new LinkedHashMap<>();
        cell.put("fault", result.fault().key());
        cell.put("pool", result.pool().key());
        cell.put("version", result.pool().title());
        cell.put("defaults", result.fault().defaults());
        cell.put("judged", result.pool().ours());
        cell.put("broken", Promise.broken(result));
        String failure = result.failure();
        if (failure != null) {
            cell.put("notMeasured", failure);
        }
        cell.put("runs", result.counted().stream().map(OutageJson::run).toList());
        cell.put("doubtful", result.doubtful().stream().map(OutageJson::run).toList());
        return cell;
    }

    private static Map<String, Object> run(Figures figures) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("recovered", figures.recovered());
        run.putAll(figures.byName());
        run.values().removeIf(value -> value.equals(Double.POSITIVE_INFINITY));
        return run;
    }
}
