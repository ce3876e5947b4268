package dev.penstock.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockListener;
import dev.penstock.PenstockMXBean;
import dev.penstock.internal.session.PenstockSocketFactory;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.postgresql.core.QueryExecutorBase;
import org.postgresql.core.v3.QueryExecutorImpl;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;

/** What is reached by its name alone is there in a native image too. */
class PenstockRuntimeHintsTest {
    private final RuntimeHints hints = new RuntimeHints();

    PenstockRuntimeHintsTest() {
        new PenstockRuntimeHints().registerHints(hints, getClass().getClassLoader());
    }

    @Test
    void theConfigurationOfAPoolCanBeCopied() {
        assertThat(HikariConfig.class.getDeclaredFields())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(reflection().onFieldAccess(HikariConfig.class, field.getName()))
                        .accepts(hints));
    }

    @Test
    void theDriverCanMakeOurSockets() throws NoSuchMethodException {
        assertThat(reflection().onConstructorInvocation(PenstockSocketFactory.class.getConstructor(Properties.class)))
                .accepts(hints);
    }

    @Test
    void theDriverCanBeAskedWhatItDoes() {
        assertThat(reflection().onFieldAccess(QueryExecutorBase.class, "transactionState"))
                .accepts(hints);
        assertThat(reflection().onFieldAccess(QueryExecutorImpl.class, "lockedFor"))
                .accepts(hints);
        assertThat(reflection().onFieldAccess(QueryExecutorImpl.class, "pendingExecuteQueue"))
                .accepts(hints);
        assertThat(resource().forResource("org/postgresql/driverconfig.properties"))
                .accepts(hints);
    }

    @Test
    void interfacesThatAreReadAreThere() {
        assertThat(reflection().onType(PenstockListener.class).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(hints);
        assertThat(reflection().onType(PenstockMXBean.class).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(hints);
    }

    @Test
    void withoutHikariNothingIsAskedForIt() {
        RuntimeHints without = new RuntimeHints();
        new PenstockRuntimeHints().registerHints(without, ClassLoader.getPlatformClassLoader());

        assertThat(without.reflection().typeHints().map(hint -> hint.getType().getName()))
                .doesNotContain(HikariConfig.class.getName())
                .contains(TypeReference.of(PenstockMXBean.class).getName());
    }
}
