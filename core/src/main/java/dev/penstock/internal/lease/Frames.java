package dev.penstock.internal.lease;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Stacks as people want to see them: without what lies between their code and the pool. Pure. */
final class Frames {
    /** Enough to recognise a place. */
    private static final int MOST = 32;

    /** Where a thread waits, below it what waits there: a client library, proxies, then the application. */
    private static final int MOST_OF_LIVE = 512;

    /** In the names of classes that somebody generates from others: proxies, most of all. */
    private static final String GENERATED = "$$";

    /** The JDK, the pool, us, and what borrows on the application's behalf. */
    private static final List<String> NOT_APPLICATION = List.of(
            "dev.penstock.internal.lease.LeaseDesk",
            "dev.penstock.internal.lease.StackSampler",
            "dev.penstock.internal.lease.View",
            "dev.penstock.PoolGate",
            "dev.penstock.PenstockDataSource",
            "dev.penstock.hikari.PenstockHikariDataSource",
            "dev.penstock.hikari.PoolLife",
            "dev.penstock.spring.observation.Borrows",
            "dev.penstock.spring.observation.ObservedHikariDataSource",
            "dev.penstock.spring.pools.StandIn",
            "com.zaxxer.hikari.",
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "jakarta.",
            "org.springframework.",
            "org.hibernate.",
            "org.jooq.",
            "org.apache.ibatis.",
            "org.mybatis.",
            "org.apache.tomcat.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.eclipse.jetty.",
            "io.undertow.",
            "org.jboss.threads.",
            "io.netty.",
            "reactor.",
            "kotlinx.coroutines.",
            "org.quartz.",
            "org.jdbi.",
            "org.eclipse.persistence.",
            "io.ebean.",
            "org.jetbrains.exposed.",
            "org.flywaydb.",
            "liquibase.",
            "com.baomidou.",
            "org.apache.commons.dbcp2.",
            "io.agroal.",
            "com.mchange.",
            "org.postgresql.",
            "kotlin.",
            "scala.",
            "groovy.",
            "com.sun.proxy.",
            "net.ttddyy.dsproxy.",
            "com.p6spy.",
            "io.opentelemetry.",
            "io.micrometer.",
            "net.bull.javamelody.");

    private Frames() {}

    /** From the innermost frame of the application on; all of them if there is none of the application's. */
    static List<StackTraceElement> ofApplication(StackTraceElement[] stack) {
        int first = innermost(stack);
        int from = first < stack.length ? first : 0;
        StackTraceElement[] frames = Arrays.copyOfRange(stack, from, Math.min(stack.length, from + MOST));
        if (first < stack.length) {
            frames[0] = asWritten(frames[0]);
        }
        return List.of(frames);
    }

    /** A live stack: whole, since where a thread waits is the point of it. */
    static List<StackTraceElement> live(StackTraceElement[] stack) {
        return List.of(stack.length <= MOST_OF_LIVE ? stack : Arrays.copyOf(stack, MOST_OF_LIVE));
    }

    /** Index of the innermost frame of the application; the size if there is none. */
    static int innermost(List<StackTraceElement> stack) {
        return innermost(stack.toArray(StackTraceElement[]::new));
    }

    /**
     * Whether a thread that borrowed there is, now, still in the application's method that borrowed: the frames below
     * it are the same, and so is the method.
     */
    static boolean inBorrowingMethod(StackTraceElement[] borrowed, StackTraceElement[] liveWithHidden) {
        StackTraceElement[] live = withoutHidden(liveWithHidden);
        int first = innermost(borrowed);
        int below = borrowed.length - first - 1; // frames that have called it
        if (below < 0 || live.length <= below) {
            return false;
        }
        for (int i = 1; i <= below; i++) {
            if (!borrowed[borrowed.length - i].equals(live[live.length - i])) {
                return false;
            }
        }
        StackTraceElement now = live[live.length - below - 1];
        StackTraceElement then = borrowed[first];
        return now.getClassName().equals(then.getClassName())
                && now.getMethodName().equals(then.getMethodName());
    }

    /** A live stack shows the frames of lambdas' hidden classes, an exception's does not. */
    private static StackTraceElement[] withoutHidden(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> frame.getClassName().indexOf('/') < 0)
                .toArray(StackTraceElement[]::new);
    }

    /** Whether a thread is somewhere in the application's code: not so one that waits for work in a pool of threads. */
    static boolean inApplication(StackTraceElement[] live) {
        return first(live, Frames::isOfApplication) < live.length;
    }

    /**
     * Where nothing but a proxy is the application's, that: a transaction that begins at the entry point borrows before
     * the method itself is called.
     */
    private static int innermost(StackTraceElement[] stack) {
        int written = first(stack, Frames::isOfApplication);
        return written < stack.length ? written : first(stack, type -> isOfApplication(asWritten(type)));
    }

    private static int first(StackTraceElement[] stack, Predicate<String> wanted) {
        for (int i = 0; i < stack.length; i++) {
            if (wanted.test(stack[i].getClassName())) {
                return i;
            }
        }
        return stack.length;
    }

    /** The method of a generated class as that of the class which somebody has written. */
    private static StackTraceElement asWritten(StackTraceElement frame) {
        return frame.getClassName().contains(GENERATED)
                ? new StackTraceElement(
                        asWritten(frame.getClassName()),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber())
                : frame;
    }

    private static String asWritten(String type) {
        int generated = type.indexOf(GENERATED);
        return generated > 0 ? type.substring(0, generated) : type;
    }

    private static boolean isOfApplication(String type) {
        return !type.contains(GENERATED) && NOT_APPLICATION.stream().noneMatch(type::startsWith);
    }
}
