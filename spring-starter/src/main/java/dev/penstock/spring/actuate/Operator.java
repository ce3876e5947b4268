package dev.penstock.spring.actuate;

import dev.penstock.BudgetReport;
import dev.penstock.ConnectTest;
import dev.penstock.PenstockControl;
import dev.penstock.PoolControl;
import dev.penstock.internal.failure.Masking;
import java.sql.SQLException;
import java.util.Optional;

/** Does to one pool what somebody asks for. */
final class Operator {
    private final String bean;
    private final PenstockControl control;

    Operator(String bean, PenstockControl control) {
        this.bean = bean;
        this.control = control;
    }

    /** Throws a {@link Refused} if this pool cannot do that, or not now. */
    Done execute(Request request) {
        try {
            return switch (request.action()) {
                case CONNECT_TEST -> test(request);
                case RESIZE -> resize(request);
                default -> new Done(bean, request.action().text(), act(request.action()), null, null);
            };
        } catch (SQLException | IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            throw Refused.conflict(Masking.mask(String.valueOf(e.getMessage())));
        }
    }

    private String act(Action action) {
        switch (action) {
            case BREAKER_OPEN -> control.forceBreakerOpen();
            case BREAKER_CLOSE -> control.forceBreakerClosed();
            case BREAKER_RESET -> control.resetBreaker();
            case EVICT -> control.evictAll();
            case SUSPEND -> control.suspend();
            case RESUME -> control.resume();
            default -> throw new IllegalArgumentException(action.text());
        }
        return switch (action) {
            case EVICT -> "idle connections are closed now, those on loan when they come back";
            case SUSPEND -> "nobody is lent a connection until the pool is resumed";
            case RESUME -> "connections are lent again";
            default -> "the breaker is " + control.breakerState();
        };
    }

    private Done test(Request request) throws SQLException {
        ConnectTest test = control.testConnect(request.limit());
        String result = test.connected() + " of " + test.results().size() + " connected";
        return new Done(bean, request.action().text(), result, Done.Test.of(test), null);
    }

    private Done resize(Request request) {
        int before = control.pool().map(PoolControl::max).orElse(-1);
        Optional<BudgetReport> checked = control.resizeWithinBudget(request.size());
        String result = "the pool may have " + request.size() + " connections, it was " + before + "; "
                + checked.map(Operator::room)
                        .orElse("nothing was checked: no plan is declared (penstock.budget.plan), or"
                                + " penstock.budget.check is off");
        return new Done(
                bean,
                request.action().text(),
                result,
                null,
                checked.map(PoolDetails.Budget::of).orElse(null));
    }

    /** Of several pools per replica the plan does not know which is to grow: then the sum is without that. */
    private static String room(BudgetReport report) {
        return "the plan has room for it: " + report.sum().headline()
                + (report.unplanned() == null ? "" : "; not as planned: " + report.unplanned());
    }
}
