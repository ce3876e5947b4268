package dev.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.penstock.PenstockListener.BudgetChecked;
import dev.penstock.budget.Assessment;
import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Verdict;
import dev.penstock.budget.live.Census;
import dev.penstock.budget.live.Comparison;
import dev.penstock.budget.live.Reading;
import dev.penstock.budget.live.ServerFacts;
import dev.penstock.internal.events.LogListener;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of a budget. */
class BudgetLogTest {
    private static final String URL = "jdbc:postgresql://db.penstock.test/app";

    private final Logger log = (Logger) LoggerFactory.getLogger("dev.penstock");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void readTheLog() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void letGoOfTheLog() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    private List<String> logged(Level level) {
        return lines.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Plan plan(int replicas) {
        return Plan.of(ServerLimits.of(1000))
                .and(Service.of("checkout", replicas, 2).withRollout(Rollout.parse("in-place")));
    }

    /** 97 usable. */
    private static Comparison live(int replicas) {
        ServerFacts facts = new ServerFacts(170000, 100, 3, 0, "app", -1, "app", -1, false, false, true);
        return new Reading("db:5432", facts, new Census(List.of()), null).against(plan(replicas));
    }

    private static void tell(
            int replicas, @Nullable Comparison live, @Nullable String other, @Nullable String unchecked) {
        BudgetReport report = new BudgetReport("checkout", Assessment.of(plan(replicas)), live, other, unchecked);
        new LogListener().budgetChecked(new BudgetChecked("main", report));
    }

    @Test
    void whatFitsIsOneLine() {
        tell(30, live(30), null, null);

        assertThat(logged(Level.INFO))
                .containsExactly(
                        "penstock 'main': budget FITS for service checkout, with the limits that the server has; server:"
                                + " 60 of 97 connections at the worst moment of a rollout, tight above 77: FITS");
        assertThat(logged(Level.WARN)).isEmpty();
    }

    @Test
    void whatIsTightOrOverIsTheWholeSum() {
        tell(40, live(40), null, null);
        tell(50, live(50), null, null);

        assertThat(logged(Level.WARN)).hasSize(2);
        assertThat(logged(Level.WARN).get(0))
                .startsWith("penstock 'main': budget TIGHT for service checkout, with the limits that the server has;"
                        + " server: 80 of 97 connections in steady state, tight above 77: TIGHT\n")
                .contains("checkout: 40 replicas x 2 = 80", "80 of 97, tight above 77: TIGHT");
        assertThat(logged(Level.WARN).get(1)).contains("100 of 97, tight above 77: OVER");
    }

    /** 1 + 4 of supply + 2 x (1 + 200) = 407: a fleet of many services is no log line. */
    @Test
    void aLongSumIsCutShort() {
        Plan large = Plan.of(ServerLimits.of(1000))
                .withServices(IntStream.range(0, 200)
                        .mapToObj(i -> Service.of("service-" + i, 6, 1))
                        .toList());
        new LogListener()
                .budgetChecked(new BudgetChecked(
                        "main", new BudgetReport("service-0", Assessment.of(large), null, null, null)));

        assertThat(logged(Level.WARN))
                .singleElement()
                .satisfies(text -> assertThat(text.lines())
                        .hasSize(1 + 100 + 1)
                        .last()
                        .isEqualTo("  ... and 307 more lines: control().budget() has them"));
    }

    @Test
    void whatFitsButIsNotKnownOrNotAsPlannedIsAWarning() {
        tell(30, null, null, "nobody answers");
        tell(30, live(30), "this pool is larger", null);

        assertThat(logged(Level.WARN)).hasSize(2);
        assertThat(logged(Level.WARN).get(0).lines())
                .startsWith(
                        "penstock 'main': budget FITS for service checkout, with the limits that were declared; server:"
                                + " 60 of 997 connections at the worst moment of a rollout, tight above 797: FITS",
                        "  the server's own limits are not known: nobody answers")
                .contains("    steady state: 60 of 997, tight above 797: FITS");
        assertThat(logged(Level.WARN).get(1)).contains("\n  not as planned: this pool is larger\n");
    }

    /** 2 x 60 clients are more than one PgBouncer takes: that is no matter of the server's, which was asked. */
    @Test
    void aTierThatIsOverIsNotTheServer() {
        Plan plan = plan(30).and(BouncerTier.of("pgbouncer"))
                .and(Service.of("search", 60, 2).withVia("pgbouncer"));
        ServerFacts facts = new ServerFacts(170000, 200, 3, 0, "app", -1, "app", -1, false, false, true);
        Comparison live = new Reading("db:5432", facts, new Census(List.of()), null).against(plan);
        BudgetReport report = new BudgetReport("checkout", Assessment.of(plan), live, null, null);

        assertThat(report.verdict()).isEqualTo(Verdict.OVER);
        assertThat(live.assessment().server().verdict()).isEqualTo(Verdict.FITS);
        assertThat(report.isOver()).isFalse();
    }

    @Test
    void whereNobodyChecksAPlanThatIsSaidOnce() {
        PenstockConfig planned =
                PenstockConfig.builder().budget(b -> b.plan(plan(30))).build();
        try (PenstockConnector bare = PenstockConnector.builder(URL)
                        .name("bare")
                        .config(planned)
                        .build();
                PenstockConnector ofPool = PenstockConnector.builder(URL)
                        .config(planned)
                        .managedByPool()
                        .build();
                PenstockConnector unplanned = PenstockConnector.builder(URL).build()) {
            assertThat(logged(Level.INFO).stream().filter(line -> line.contains("a plan is declared")))
                    .containsExactly("penstock 'bare': a plan is declared (penstock.budget.plan), which"
                            + " PenstockHikariDataSource alone checks and names its connections by. Here call"
                            + " checkBudget(...), and set ApplicationName to config().budget().applicationName(...)");
            assertThat(bare.control().budget()).isEmpty();
            assertThat(List.of(ofPool, unplanned))
                    .allMatch(other -> other.control().budget().isEmpty());
        }
    }
}
