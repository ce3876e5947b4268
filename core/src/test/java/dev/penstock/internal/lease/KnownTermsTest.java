package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BorrowTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownTermsTest {
    private final List<BorrowTerms> workedOut = new ArrayList<>();
    private final KnownTerms known = new KnownTerms(asked -> {
        workedOut.add(asked);
        return Terms.withoutDetection();
    });

    private static BorrowTerms view() {
        return BorrowTerms.usual().expectingHold(Duration.ofHours(1));
    }

    @Test
    void viewsThatTakeTurnsAreWorkedOutOnceEach() {
        BorrowTerms one = view();
        BorrowTerms other = view();
        for (int i = 0; i < 3; i++) {
            assertThat(known.of(one)).isSameAs(known.of(one));
            assertThat(known.of(other)).isNotNull();
        }

        assertThat(workedOut).hasSize(2);
    }

    @Test
    void thoseThatAreMadeForOneBorrowAreForgotten() {
        BorrowTerms first = view();
        known.of(first);
        for (int i = 0; i < KnownTerms.MOST; i++) {
            known.of(view());
        }
        known.of(first);

        assertThat(workedOut).hasSize(KnownTerms.MOST + 2);
    }
}
