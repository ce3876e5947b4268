package dev.penstock.lab.junit;

import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Fails a test that leaves threads behind; {@link NoLeftovers} says which. */
public final class LeftoverCheck implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) {
        NoLeftovers rule = nearest(context);
        Duration limit = Duration.ofMillis(rule.withinMillis());
        if (!Await.holdsWithin(limit, () -> leftovers(rule).isEmpty())) {
            throw new AssertionError("Threads left " + limit.toMillis() + " ms after the test:"
                    + leftovers(rule).stream().map(LeftoverCheck::describe).collect(Collectors.joining()));
        }
    }

    private static NoLeftovers nearest(ExtensionContext context) {
        for (ExtensionContext at = context; ; at = at.getParent().orElseThrow()) {
            Optional<NoLeftovers> found = AnnotationSupport.findAnnotation(at.getElement(), NoLeftovers.class);
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    private static List<Thread> leftovers(NoLeftovers rule) {
        return ThreadCensus.named(rule.prefix()).stream()
                .filter(thread -> Arrays.stream(rule.except())
                        .noneMatch(allowed -> thread.getName().startsWith(allowed)))
                .toList();
    }

    private static String describe(Thread thread) {
        return "\n" + thread
                + Arrays.stream(thread.getStackTrace())
                        .limit(12)
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }
}
