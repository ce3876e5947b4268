package dev.penstock;

import dev.penstock.budget.ApplicationName;
import dev.penstock.budget.Plan;
import dev.penstock.internal.settings.Budgets;
import dev.penstock.internal.settings.InstanceName;
import dev.penstock.internal.settings.SettingValues;
import dev.penstock.internal.settings.Settings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of the server's connections a pool may take: {@code penstock.budget.*}. Immutable; made by {@link
 * PenstockConfig.Builder#budget}, where the values are checked.
 *
 * <p>A {@code PenstockHikariDataSource} is checked against the plan when it starts, and its connections call themselves
 * {@code service/instance/pool}. Neither is done for a bare {@link PenstockConnector} or for one below another pool: it
 * says so once, at INFO, and offers {@link #applicationName} and {@link PenstockConnector#checkBudget}.
 */
public final class BudgetSettings {
    private final SettingValues values;

    BudgetSettings(SettingValues values) {
        this.values = values;
    }

    /** The server and everything that connects to it, see {@link Builder#plan}; null: none was declared. */
    public @Nullable Plan plan() {
        return values.get(Settings.BUDGET_PLAN);
    }

    /** What becomes of a start whose plan does not fit, see {@link Builder#check}. */
    public BudgetCheck check() {
        return values.get(Settings.BUDGET_CHECK);
    }

    /** Which service of the plan this program is, see {@link Builder#service}; null: it is not known. */
    public @Nullable String service() {
        return values.get(Settings.BUDGET_SERVICE);
    }

    /** Which replica of the service this is, see {@link Builder#instance}. */
    public String instance() {
        String given = values.get(Settings.BUDGET_INSTANCE);
        return given == null ? InstanceName.OF_THIS_JVM : given;
    }

    /**
     * What the connections of that pool call themselves; empty without a plan.
     *
     * @throws InvalidSettingException if there is a plan of several services, and nothing says which of them this is
     */
    public Optional<ApplicationName> applicationName(String pool) {
        return plan() == null
                ? Optional.empty()
                : Optional.of(ApplicationName.of(Budgets.service(values), instance(), pool));
    }

    /** Changes the settings of a {@link PenstockConfig.Builder}. Not thread-safe. */
    public static final class Builder {
        private final SettingValues.Editor editor;

        Builder(SettingValues.Editor editor) {
            this.editor = editor;
        }

        /**
         * The server and everything that connects to it. Default, also by null: none, and nothing is checked. In code
         * only.
         */
        public Builder plan(@Nullable Plan plan) {
            editor.setOrDefault(Settings.BUDGET_PLAN, plan);
            return this;
        }

        /**
         * What becomes of a start whose plan does not fit. Default {@link BudgetCheck#WARN}. {@link BudgetCheck#FAIL}
         * is refused without a plan: whoever writes it relies on a check.
         */
        public Builder check(BudgetCheck check) {
            editor.set(Settings.BUDGET_CHECK, check);
            return this;
        }

        /**
         * Which service of the plan this program is. Default, also by null: the only one that the plan has; with
         * several, or none, a pool does not start without it. Refused without a plan, or if the plan has no such
         * service.
         */
        public Builder service(@Nullable String service) {
            editor.setOrDefault(Settings.BUDGET_SERVICE, service);
            return this;
        }

        /**
         * Which replica of the service this is, for people who read a list of connections. Default, also by null: the
         * environment variable {@code HOSTNAME} (in Kubernetes the name of the pod), else the host's name as far as it
         * is known without a DNS question, else {@code pid-} and the process id. At most 255 characters, none of them
         * a control character; refused without a plan.
         */
        public Builder instance(@Nullable String instance) {
            editor.setOrDefault(Settings.BUDGET_INSTANCE, instance);
            return this;
        }
    }
}
