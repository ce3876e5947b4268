package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which frames are the application's, and whether a thread is still where it borrowed. Lines are given as
 * Class.method:line.
 */
class FramesTest {
    private static final String LEND = "dev.penstock.internal.lease.LeaseDesk.lend:1";
    private static final String POOL = "dev.penstock.hikari.PenstockHikariDataSource.getConnection:1";

    private static StackTraceElement[] stack(String... lines) {
        return Arrays.stream(lines).map(FramesTest::frame).toArray(StackTraceElement[]::new);
    }

    private static StackTraceElement frame(String line) {
        int method = line.lastIndexOf('.');
        int number = line.lastIndexOf(':');
        return new StackTraceElement(
                line.substring(0, method),
                line.substring(method + 1, number),
                "File.java",
                Integer.parseInt(line.substring(number + 1)));
    }

    @Test
    void fromTheInnermostFrameOfTheApplicationOn() {
        assertThat(Frames.ofApplication(stack(
                        LEND,
                        POOL,
                        "org.hibernate.Session.load:3",
                        "com.acme.Orders.place:42",
                        "java.lang.Thread.run:1")))
                .containsExactly(stack("com.acme.Orders.place:42", "java.lang.Thread.run:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.jdbc.core.JdbcTemplate.query:1",
                "com.acme.Orders$$SpringCGLIB$$0.place:1",
                "jdk.internal.reflect.DirectMethodHandleAccessor.invoke:1",
                "com.zaxxer.hikari.HikariDataSource.getConnection:1",
                "dev.penstock.PenstockDataSource.getConnection:1",
                "dev.penstock.PoolGate.lend:1",
                "dev.penstock.hikari.PenstockHikariDataSource.getConnection:1",
                "dev.penstock.spring.observation.Borrows.observe:1",
                "dev.penstock.spring.observation.ObservedHikariDataSource.getConnection:1",
                "dev.penstock.spring.pools.StandIn.borrow:1",
                "org.mybatis.spring.transaction.SpringManagedTransaction.openConnection:1",
                "net.ttddyy.dsproxy.support.ProxyDataSource.getConnection:1"
            })
    void whatLiesBetweenIsNotTheApplications(String between) {
        assertThat(Frames.ofApplication(stack(LEND, between, "com.acme.Orders.place:42")))
                .containsExactly(frame("com.acme.Orders.place:42"));
    }

    /** Our own tests and tools, and an application whose package begins like a library's. */
    @ParameterizedTest
    @ValueSource(strings = {"dev.penstock.replay.Act.run:1", "javafx.App.start:1", "orgs.acme.App.start:1"})
    void whatOnlyBeginsLikeOneIs(String own) {
        assertThat(Frames.ofApplication(stack(LEND, own))).containsExactly(frame(own));
    }

    @Test
    void allOfThemIfThereIsNoneOfTheApplications() {
        assertThat(Frames.ofApplication(stack(LEND, "java.lang.Thread.run:1")))
                .containsExactly(stack(LEND, "java.lang.Thread.run:1"));
        assertThat(Frames.ofApplication(stack())).isEmpty();
    }

    /** The method of a controller has not been called yet when its transaction borrows. */
    @Test
    void whereAProxyAloneIsTheApplicationsItIsThat() {
        StackTraceElement[] borrowed = stack(
                LEND,
                "com.zaxxer.hikari.HikariDataSource$$SpringCGLIB$$0.getConnection:1",
                "org.springframework.transaction.interceptor.TransactionInterceptor.invoke:119",
                "com.acme.Web$$SpringCGLIB$$0.post:1",
                "org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run:63");

        assertThat(Frames.ofApplication(borrowed))
                .containsExactly(stack(
                        "com.acme.Web.post:1", "org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run:63"));
        assertThat(Frames.inBorrowingMethod(
                        borrowed,
                        stack(
                                "java.net.Socket.connect:9",
                                "com.acme.Web.post:42",
                                "com.acme.Web$$SpringCGLIB$$0.post:1",
                                "org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run:63")))
                .isTrue();
        assertThat(Frames.inBorrowingMethod(
                        borrowed, stack("org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run:63")))
                .isFalse();
    }

    /** A method reference of the application's that waits in a library's method: it is not the application that works. */
    @Test
    void aLiveThreadIsInTheApplicationOnlyInWhatSomebodyHasWritten() {
        assertThat(Frames.inApplication(stack(
                        "java.util.concurrent.LinkedBlockingQueue.take:435",
                        "com.acme.App$$Lambda/0x00007f.run:1",
                        "java.lang.Thread.run:840")))
                .isFalse();
    }

    @Test
    void noMoreThanAreNeededToRecogniseAPlace() {
        StackTraceElement[] deep = IntStream.range(0, 100)
                .mapToObj(i -> frame("com.acme.Deep.down:" + (i + 1)))
                .toArray(StackTraceElement[]::new);

        assertThat(Frames.ofApplication(deep)).hasSize(32).startsWith(deep[0]);
        assertThat(Frames.live(deep)).containsExactly(deep);
        assertThat(Frames.live(stack(LEND))).containsExactly(frame(LEND));
    }

    @Test
    void aContainersWorkerThatWaitsForWorkIsNotInTheApplication() {
        assertThat(Frames.inApplication(stack(
                        "java.util.concurrent.LinkedBlockingQueue.take:435",
                        "org.apache.tomcat.util.threads.TaskQueue.take:99",
                        "org.apache.tomcat.util.threads.TaskThread$WrappingRunnable.run:63",
                        "java.lang.Thread.run:840")))
                .isFalse();
    }

    // ---- still in the method that borrowed ------------------------------------------------------

    private static final StackTraceElement[] BORROWED =
            stack(LEND, POOL, "com.acme.Orders.place:42", "com.acme.Web.post:7", "java.lang.Thread.run:1");

    @Test
    void furtherDownInTheSameMethodItIs() {
        assertThat(Frames.inBorrowingMethod(
                        BORROWED,
                        stack(
                                "java.net.Socket.connect:9",
                                "com.acme.Mail.send:3",
                                "com.acme.Orders.place:57",
                                "com.acme.Web.post:7",
                                "java.lang.Thread.run:1")))
                .isTrue();
    }

    @Test
    void rightThereItIs() {
        assertThat(Frames.inBorrowingMethod(
                        BORROWED, stack("com.acme.Orders.place:57", "com.acme.Web.post:7", "java.lang.Thread.run:1")))
                .isTrue();
    }

    @Test
    void inItsCallerItIsNotAnyMore() {
        assertThat(Frames.inBorrowingMethod(BORROWED, stack("com.acme.Web.post:8", "java.lang.Thread.run:1")))
                .isFalse();
        assertThat(Frames.inBorrowingMethod(
                        BORROWED, stack("com.acme.Mail.send:3", "com.acme.Web.post:8", "java.lang.Thread.run:1")))
                .isFalse();
    }

    /** The caller has gone on: what stands above it is another call. */
    @Test
    void calledOnceMoreFromAnotherLineItIsNot() {
        assertThat(Frames.inBorrowingMethod(
                        BORROWED, stack("com.acme.Orders.place:57", "com.acme.Web.post:8", "java.lang.Thread.run:1")))
                .isFalse();
    }

    @Test
    void inAnotherMethodOfTheSameClassItIsNot() {
        assertThat(Frames.inBorrowingMethod(
                        BORROWED, stack("com.acme.Orders.bill:57", "com.acme.Web.post:7", "java.lang.Thread.run:1")))
                .isFalse();
    }

    @Test
    void aThreadThatHasEndedOrABorrowWithoutTheApplicationIsNowhere() {
        assertThat(Frames.inBorrowingMethod(BORROWED, stack())).isFalse();
        assertThat(Frames.inBorrowingMethod(stack(LEND), stack(LEND))).isFalse();
    }

    /** The live stack of another thread has frames that an exception's has not: those of lambdas. */
    @Test
    void aRealThreadIsFoundWhereItBorrowedThroughALambdaToo() throws Exception {
        BorrowStack[] borrowed = new BorrowStack[1];
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            Runnable inLambda = () -> {
                borrowed[0] = new BorrowStack(0);
                there.countDown();
                awaitQuietly(over);
            };
            inLambda.run();
        });
        thread.start();
        there.await();

        assertThat(Frames.inBorrowingMethod(borrowed[0].getStackTrace(), thread.getStackTrace()))
                .isTrue();
        over.countDown();
        thread.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
