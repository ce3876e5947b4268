package dev.penstock.spring.pools;

import dev.penstock.PenstockConfig;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.PenstockPools;
import dev.penstock.spring.settings.PoolSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/**
 * What whoever looks at DataSources has in common: which of them are wanted, how each is configured, what is said of
 * those that are left alone. It asks for beans when the first DataSource is made and not before: a post-processor that
 * needs other beans keeps those from being processed.
 */
final class PoolDesk {
    private static final Logger LOG = LoggerFactory.getLogger("dev.penstock.spring");
    private static final String SCOPED = "scopedTarget.";
    private static final String ENABLED = "penstock.enabled";

    private final ObjectProvider<PoolSettings> settings;
    private final ObjectProvider<PenstockPools> pools;
    private final ObjectProvider<PenstockConfigCustomizer> customizers;
    private final Set<String> saidMissing = ConcurrentHashMap.newKeySet();

    PoolDesk(
            ObjectProvider<PoolSettings> settings,
            ObjectProvider<PenstockPools> pools,
            ObjectProvider<PenstockConfigCustomizer> customizers) {
        this.settings = settings;
        this.pools = pools;
        this.customizers = customizers;
    }

    PenstockPools pools() {
        return pools.getObject();
    }

    PoolSettings settings() {
        return settings.getObject();
    }

    /** The name that the application uses: of a scoped bean that of its proxy. */
    static String nameOf(String bean) {
        return bean.startsWith(SCOPED) ? bean.substring(SCOPED.length()) : bean;
    }

    /**
     * With the listeners and all else that the application brings; empty if the pool is left as it is, which is said
     * then: for this reason, or because it is switched off.
     */
    Optional<PenstockConfig> configUnless(@Nullable String whyNot, String bean) {
        if (whyNot != null) {
            leaveAlone(bean, whyNot);
            return Optional.empty();
        }
        PenstockConfig config = settings().of(bean, customizers.orderedStream());
        if (!config.enabled()) {
            switchedOff(bean, config);
            return Optional.empty();
        }
        return Optional.of(config);
    }

    /** Whether {@code penstock.include} and {@code penstock.exclude} let Penstock look after it; says so if not. */
    boolean isWanted(String bean) {
        var starter = settings().starter();
        if (starter.exclude().contains(bean)) {
            leaveAlone(bean, "penstock.exclude names it");
            return false;
        }
        if (!starter.include().isEmpty() && !starter.include().contains(bean)) {
            leaveAlone(bean, "penstock.include does not name it");
            return false;
        }
        return true;
    }

    /** Whether it was looked at before, and is left as it is. */
    boolean isLeftAlone(String bean) {
        return pools().leftAlone().containsKey(bean);
    }

    /** One line, however often the bean is made: what is missing, and which settings are made in vain. */
    void sayWhatIsMissing(String bean, DataSource pool, PenstockConfig config) {
        if (!saidMissing.add(bean)) {
            return;
        }
        List<String> inVain = Missing.inVain(config);
        if (inVain.isEmpty()) {
            LOG.info("penstock: DataSource '{}' is guarded from above only: {}", bean, Missing.describe(pool));
        } else {
            LOG.warn(
                    "penstock: DataSource '{}' is guarded from above only, and {} not in force: {}",
                    bean,
                    String.join(", ", inVain) + (inVain.size() == 1 ? " is" : " are"),
                    Missing.describe(pool));
        }
    }

    /** One line, however often the bean is made, and a note for whoever asks later. */
    void leaveAlone(String bean, String why) {
        leaveAlone(bean, why, settings().mentions(bean));
    }

    /** The same where that is what somebody wants. */
    private void switchedOff(String bean, PenstockConfig config) {
        leaveAlone(bean, "it is switched off (" + ENABLED + "=false, " + config.originOf(ENABLED) + ")", false);
    }

    private void leaveAlone(String bean, String why, boolean somebodyReliesOnIt) {
        if (isLeftAlone(bean)) {
            return;
        }
        pools().leaveAlone(bean, why);
        if (somebodyReliesOnIt) {
            LOG.warn(
                    "penstock: DataSource '{}' is left as it is, and penstock.pools.{}.* has no effect: {}",
                    bean,
                    bean,
                    why);
        } else {
            LOG.info("penstock: DataSource '{}' is left as it is: {}", bean, why);
        }
    }
}
