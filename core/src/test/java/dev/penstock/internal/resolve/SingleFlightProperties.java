package dev.penstock.internal.resolve;

import static dev.penstock.internal.resolve.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SingleFlightProperties {
    @Property(tries = 200)
    void oneCallPerNameHoweverManyLookUpsAndHoweverTheyInterleave(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9) Integer> names) throws Exception {
        try (var mute = new GatedResolver(1)) {
            var resolver = new BoundedResolver(mute);
            var futures = new ArrayList<CompletableFuture<List<InetAddress>>>();
            names.forEach(name -> futures.add(resolver.lookUp("db" + name)));
            mute.answer();
            for (CompletableFuture<List<InetAddress>> future : futures) {
                assertThat(get(future)).isEqualTo(GatedResolver.ANSWER);
            }

            Map<String, Integer> once = names.stream()
                    .map(name -> "db" + name)
                    .distinct()
                    .collect(Collectors.toMap(Function.identity(), name -> 1));
            assertThat(mute.calls()).isEqualTo(once);
            assertThat(mute.mostInside()).isLessThanOrEqualTo(ResolverThreads.MAX_THREADS);
            assertThat(resolver.lookUpsUnderWay()).isZero();
        }
    }
}
