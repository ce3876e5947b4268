package dev.penstock.spring.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RateProperties {
    @Property
    void withinAnyMinuteSoManyAndNeverFewer(
            @ForAll @IntRange(min = 1, max = 5) int perMinute,
            @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 40_000) Long> pauses) {
        VirtualTicker ticker = new VirtualTicker();
        Rate rate = new Rate(ticker, perMinute);
        List<Long> passed = new ArrayList<>();

        long now = 0;
        for (long pause : pauses) {
            now += pause;
            ticker.advance(Duration.ofMillis(pause));
            long since = now - 60_000;
            long ofThisMinute = passed.stream().filter(at -> at > since).count();

            boolean passes = rate.lets();

            assertThat(passes).isEqualTo(ofThisMinute < perMinute);
            if (passes) {
                passed.add(now);
            }
        }
    }

    @Property
    void aTallySaysAllOnceAndNotMoreThanOncePerMinute(
            @ForAll @Size(max = 100) List<@LongRange(min = 0, max = 40_000) Long> pauses) {
        VirtualTicker ticker = new VirtualTicker();
        List<Long> said = new ArrayList<>();
        List<Long> at = new ArrayList<>();
        Tally tally = new Tally(ticker, number -> {
            said.add(number);
            at.add(ticker.nanos());
        });

        for (long pause : pauses) {
            ticker.advance(Duration.ofMillis(pause));
            tally.count();
        }

        for (int i = 1; i < at.size(); i++) {
            assertThat(at.get(i) - at.get(i - 1)).isGreaterThanOrEqualTo(Rate.MINUTE);
        }
        tally.close();
        assertThat(said.stream().mapToLong(Long::longValue).sum()).isEqualTo(pauses.size());
    }
}
