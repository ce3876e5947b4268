package dev.penstock.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.penstock.architecture.ProductionClasses.ALL;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules that the code keeps everywhere: one clock, nobody interrupted, no I/O under a monitor. */
class DisciplineTest {
    private static final DescribedPredicate<JavaAccess<?>> READS_A_CLOCK = clock();

    private static DescribedPredicate<JavaAccess<?>> clock() {
        Set<String> names = Set.of("nanoTime", "currentTimeMillis");
        DescribedPredicate<JavaAccess<?>> ofSystem = target(owner(assignableTo(System.class)))
                .and(DescribedPredicate.describe("a clock", access -> names.contains(access.getName())));
        DescribedPredicate<JavaAccess<?>> now = target(owner(resideInAnyPackage("java.time")))
                .and(DescribedPredicate.describe(
                        "now()", access -> access.getName().equals("now")));
        return ofSystem.or(now);
    }

    @Test
    void onlyTheTickerReadsTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.penstock.internal.time")
                .should()
                .accessTargetWhere(READS_A_CLOCK)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .check(ALL);
    }

    @Test
    void thatRuleSeesTheTickerReadIt() {
        assertThat(ALL.get("dev.penstock.internal.time.Ticker").getAccessesFromSelf())
                .anyMatch(READS_A_CLOCK);
        assertThat(ALL.get("dev.penstock.internal.time.WallClock").getAccessesFromSelf())
                .anyMatch(READS_A_CLOCK);
    }

    /** A caller's own flag is set again after it has been taken; no other thread is ever interrupted. */
    @Test
    void nobodyIsInterrupted() {
        Set<String> interrupting = ALL.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(Thread.class)
                        && access.getName().equals("interrupt"))
                .filter(access -> !interruptsItself(access.getOrigin()))
                .map(access -> access.getOrigin().getFullName())
                .collect(Collectors.toSet());

        assertThat(interrupting).isEmpty();
    }

    private static boolean interruptsItself(JavaCodeUnit method) {
        return method.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("currentThread"));
    }

    @Test
    void nothingIsKeptPerThread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(ALL);
    }

    @Test
    void nothingBlocksInsideASynchronizedMethod() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.penstock..")
                .should(notDoIoInside())
                .check(ALL);
    }

    private static ArchCondition<JavaMethod> notDoIoInside() {
        return new ArchCondition<>("not do I/O or call the driver while they hold a monitor") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (method.getModifiers().contains(JavaModifier.SYNCHRONIZED)) {
                    method.getCallsFromSelf().stream()
                            .filter(call -> resideInAnyPackage("java.net", "java.io", "java.sql", "org.postgresql..")
                                    .test(call.getTargetOwner()))
                            .forEach(call -> events.add(SimpleConditionEvent.violated(method, call.getDescription())));
                }
            }
        };
    }

    /** A channel's socket dies when the thread that reads it is interrupted. */
    @Test
    void noSocketComesFromAChannel() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.channels..")
                .check(ALL);
    }
}
