package dev.penstock.internal.resolve;

import dev.penstock.internal.time.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What each name last resolved to, per connector: when DNS is mute, yesterday's addresses are better
 * than none, since databases move less often than name servers fail.
 *
 * <p>Thread-safe. Bounded to {@value #MAX_HOSTS} names; the one answered longest ago goes first.
 */
public final class LastGoodAnswers {
    static final int MAX_HOSTS = 256;

    private final Ticker ticker;
    private final Object lock = new Object();

    /** Guarded by {@code lock}; the latest answer is last. */
    private final LinkedHashMap<String, Answer> answers = new LinkedHashMap<>();

    /** Remembers nothing yet. */
    public LastGoodAnswers(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Remembers a fresh answer, which has at least one address. */
    public void remember(String host, List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("an answer must have at least one address, but was empty for " + host);
        }
        var answer = new Answer(List.copyOf(addresses), ticker.nanos());
        synchronized (lock) {
            answers.remove(host);
            answers.put(host, answer);
            if (answers.size() > MAX_HOSTS) {
                answers.remove(answers.keySet().iterator().next());
            }
        }
    }

    /**
     * The last answer for {@code host}, or null if there is none or it is older than {@code maxStale}.
     * Zero means that no old answer is ever used.
     */
    public @Nullable StaleAnswer answerFor(String host, Duration maxStale) {
        if (maxStale.isZero()) {
            return null;
        }
        Answer answer;
        synchronized (lock) {
            answer = answers.get(host);
        }
        return answer == null ? null : answer.ifWithin(maxStale, ticker.nanos());
    }

    /** The last answer for {@code host}, however old it is; empty if there is none. */
    public List<InetAddress> latest(String host) {
        synchronized (lock) {
            Answer answer = answers.get(host);
            return answer == null ? List.of() : answer.addresses();
        }
    }

    private record Answer(List<InetAddress> addresses, long at) {
        @Nullable StaleAnswer ifWithin(Duration maxStale, long now) {
            Duration age = Duration.ofNanos(Math.max(0, now - at));
            return age.compareTo(maxStale) <= 0 ? new StaleAnswer(addresses, age) : null;
        }
    }
}
