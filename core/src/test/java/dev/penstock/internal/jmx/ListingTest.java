package dev.penstock.internal.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists as JMX shows them: never too long. */
class ListingTest {
    @Test
    void oneBelowTheOther() {
        assertThat(Listing.of(List.of("a", "b"), Function.identity(), "none").lines())
                .containsExactly("a", "b");
    }

    @Test
    void whereThereIsNothingThatIsSaid() {
        assertThat(Listing.of(List.of(), Object::toString, "none")).isEqualTo("none");
    }

    @Test
    void whatThereIsNoRoomForIsCounted() {
        List<String> many =
                IntStream.range(0, 100).mapToObj(i -> "x".repeat(1000)).toList();

        String text = Listing.of(many, Function.identity(), "none");
        assertThat(text).hasSizeLessThanOrEqualTo(Listing.LONGEST).endsWith("... and 69 more");
        assertThat(text.lines()).hasSize(32);
    }

    @Test
    void alsoIfItIsTheFirst() {
        assertThat(Listing.of(List.of("x".repeat(Listing.LONGEST)), Function.identity(), "none"))
                .isEqualTo("... and 1 more");
    }
}
