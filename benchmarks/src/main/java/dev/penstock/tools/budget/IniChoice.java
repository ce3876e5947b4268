package dev.penstock.tools.budget;

import dev.penstock.budget.BouncerIni;
import dev.penstock.budget.BouncerProposal;
import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.InvalidBudgetException;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Recommendation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Which {@code pgbouncer.ini} is printed: of a tier of the plan, or of the one that is proposed. */
final class IniChoice {
    private static final String LOCAL = "localhost:5432";

    private final CommandSpec spec;
    private final Consumer<String> remarks;

    IniChoice(CommandSpec spec, Consumer<String> remarks) {
        this.spec = spec;
        this.remarks = remarks;
    }

    /** The file, for the tier of that name; empty: for the only one. */
    List<String> print(Plan plan, Recommendation recommendation, String name, @Nullable String server) {
        BouncerIni.Target target = target(server == null ? LOCAL : server);
        Map<String, String> files = files(plan, recommendation, target);
        String file =
                files.size() == 1 && name.isEmpty() ? files.values().iterator().next() : files.get(name);
        if (file == null) {
            throw refused(files, name);
        }
        if (server == null) {
            remarks.accept("the file connects to " + LOCAL + "; --server says otherwise");
        }
        return file.lines().toList();
    }

    private static Map<String, String> files(Plan plan, Recommendation recommendation, BouncerIni.Target target) {
        Map<String, String> files = new LinkedHashMap<>();
        for (BouncerTier tier : plan.tiers()) {
            files.put(tier.name(), BouncerIni.of(tier, target, List.of("As in the plan.")));
        }
        BouncerProposal proposal = recommendation.proposal();
        if (proposal != null) {
            files.put(proposal.tier().name(), proposal.ini(target));
        }
        return files;
    }

    private ParameterException refused(Map<String, String> files, String name) {
        if (files.isEmpty()) {
            return refused(
                    "has nothing to print: the plan has no tiers, and none is proposed, because pools of some size"
                            + " fit without, or because it would not help");
        }
        return refused("must name one of " + String.join(", ", files.keySet()) + ", but was '" + name + "'");
    }

    private ParameterException refused(String rule) {
        return new ParameterException(spec.commandLine(), "--pgbouncer-ini " + rule);
    }

    /** An IPv6 address with a port stands in brackets, as in a URL. */
    private BouncerIni.Target target(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon >= 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = hasPort ? text.substring(0, colon) : text;
        String port = hasPort ? text.substring(colon + 1) : "5432";
        try {
            return new BouncerIni.Target(
                    host.replaceAll("^\\[|\\]$", ""), port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0);
        } catch (InvalidBudgetException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--server must be HOST or HOST:PORT, but was '" + text + "': " + e.getMessage(),
                    e);
        }
    }
}
