package dev.penstock.internal.settings;

import dev.penstock.BudgetCheck;
import dev.penstock.InvalidSettingException;
import dev.penstock.budget.Assessment;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Service;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the settings of a budget go together. */
public final class Budgets {
    private static final int SHOWN = 10;

    private static final String WITHOUT_PLAN = " without penstock.budget.plan: nothing would come of it";

    private Budgets() {}

    /** For the start-up line: how large the plan is, and whether it fits as it was declared. */
    static String text(@Nullable Plan plan) {
        if (plan == null) {
            return "none";
        }
        int services = plan.services().size();
        return services + (services == 1 ? " service, " : " services, ")
                + Assessment.of(plan).verdict() + " as declared";
    }

    static @Nullable String onlyService(@Nullable Plan plan) {
        return plan == null || plan.services().size() != 1
                ? null
                : plan.services().get(0).name();
    }

    /** Throws {@link InvalidSettingException} for the first contradiction. */
    static void check(SettingValues values) {
        Plan plan = values.get(Settings.BUDGET_PLAN);
        if (plan == null) {
            mustBeUnset(Settings.BUDGET_SERVICE, values);
            mustBeUnset(Settings.BUDGET_INSTANCE, values);
            if (values.get(Settings.BUDGET_CHECK) == BudgetCheck.FAIL) {
                throw refused(Settings.BUDGET_CHECK, "must not be fail" + WITHOUT_PLAN, "fail");
            }
            return;
        }
        String service = values.get(Settings.BUDGET_SERVICE);
        if (service != null
                && plan.services().stream().noneMatch(one -> one.name().equals(service))) {
            throw refused(Settings.BUDGET_SERVICE, "must be a service of the plan, which has " + names(plan), service);
        }
    }

    private static void mustBeUnset(Setting<@Nullable String> setting, SettingValues values) {
        String value = values.get(setting);
        if (value != null) {
            throw refused(setting, "must not be set" + WITHOUT_PLAN, value);
        }
    }

    /**
     * Which service of a declared plan it is.
     *
     * @throws InvalidSettingException if nothing says that
     */
    public static String service(SettingValues values) {
        String service = values.get(Settings.BUDGET_SERVICE);
        Plan plan = values.get(Settings.BUDGET_PLAN);
        if (service == null && plan != null) {
            throw refused(
                    Settings.BUDGET_SERVICE,
                    "must be set, to the service of the plan that this program is; the plan has " + names(plan),
                    null);
        }
        return String.valueOf(service);
    }

    private static String names(Plan plan) {
        List<Service> services = plan.services();
        String some = services.stream().limit(SHOWN).map(Service::name).collect(Collectors.joining(", "));
        int more = services.size() - SHOWN;
        return services.isEmpty() ? "none" : some + (more > 0 ? " and " + more + " more" : "");
    }

    private static InvalidSettingException refused(Setting<?> setting, String rule, @Nullable String value) {
        return new InvalidSettingException(setting.fullKey(), rule, value);
    }
}
