package dev.penstock.tools.tune.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MixReaderTest {
    private static Mix read(String text) throws BadMixException {
        return MixReader.read("shop.sql", text);
    }

    private static MixStatement only(String text) throws BadMixException {
        return read(text).units().get(0).statements().get(0);
    }

    @Test
    void aStatementIsAUnitOfWork() throws BadMixException {
        Mix mix = read("""
                -- what the shop does
                -- name: find-order, weight: 9
                select *
                  from orders where id = :int(1, 100000);
                select 2;
                """);

        assertThat(mix.units()).extracting(WorkUnit::name).containsExactly("find-order", "line 5");
        assertThat(mix.units()).extracting(WorkUnit::weight).containsExactly(9, 1);
        assertThat(mix.units()).extracting(WorkUnit::line).containsExactly(3, 5);
        assertThat(mix.units()).extracting(WorkUnit::transaction).containsOnly(false);
        assertThat(mix.units().get(0).statements().get(0).sql()).isEqualTo("select *\n  from orders where id = ?");
    }

    @Test
    void fromBeginToCommitIsOneUnit() throws BadMixException {
        Mix mix = read("""
                -- name: place-order
                BEGIN;
                insert into orders values (:int(1, 5), :text(20));
                savepoint a;
                rollback to savepoint a;
                Commit;
                """);

        WorkUnit unit = mix.units().get(0);
        assertThat(mix.units()).hasSize(1);
        assertThat(unit.transaction()).isTrue();
        assertThat(unit.name()).isEqualTo("place-order");
        assertThat(unit.statements())
                .extracting(MixStatement::sql)
                .containsExactly("insert into orders values (?, ?)", "savepoint a", "rollback to savepoint a");
        assertThat(unit.statements().get(0).parameters())
                .isEqualTo(List.of(new Parameter.WholeNumber(1, 5), new Parameter.Text(20)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            select ';:int(1, 2)?' || :int(-3, 4)    ~ select ';:int(1, 2)?' || ?
            select E'\\\\';', ":text(1)"            ~ select E'\\\\';', ":text(1)"
            select $$;$$, $a$ $$;?:int(1,2) $a$     ~ select $$;$$, $a$ $$;?:int(1,2) $a$
            select 1 /* ; /* :int(1,2) */ ? */ + 1  ~ select 1   + 1
            select data ? 'a', x::int, a[1:n]       ~ select data ?? 'a', x::int, a[1:n]
            """)
    void whatIsQuotedIsNeitherEndNorParameter(String text, String sql) throws BadMixException {
        // what the table cannot hold as it is
        String given = text.replace("\\\\", "\\");
        assertThat(only(given + ";").sql()).isEqualTo(sql.replace("\\\\", "\\"));
    }

    /** A document as a literal, for example. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            '   | ;''    | '
            E'  | ;\\''' | '
            "   | ;""    | "
            $$  | ;'     | $$
            $a$ | ;$$    | $a$
            """)
    void literalsMayBeLong(String begin, String inside, String end) throws BadMixException {
        String text = "select " + begin + inside.repeat(100_000) + end;

        assertThat(only(text + ";").sql()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select 1;~select 2                               | 2 | must end with ';'
            ~~/* never                                       | 3 | a comment must end with */
            ;                                                | 1 | must not be empty
            -- name: a                                       | 1 | must stand before a statement, but none follows
            -- name: a~-- name: b~select 1;                  | 2 | another name stands before
            select 1~-- name: b~;                            | 2 | the one of line 1 has no ';' yet
            ~-- name: a, weight: 0~select 1;                 | 2 | must have a weight from 1 to 999999, but was '0'
            ~-- name: a, size: 1~select 1;                   | 2 | must look like '-- name: find-order, weight: 9'
            -- name: a~select 1;~-- name: a~select 2;        | 3 | must not be there twice, but was 'a'
            select~:int(5);                                  | 2 | such as :int(1, 100000), but was :int(5)
            select :int(5, 4);                               | 1 | the smaller number first, but was :int(5, 4)
            select :text(99999);                             | 1 | a length from 0 to 10000
            select :date(1);                                 | 1 | must be :int(least, most) or :text(length), but was :date(1)
            select :int(1, 2;                                | 1 | must end with ')'
            begin;~select 1;                                 | 1 | must be followed by 'commit'
            begin;~commit;                                   | 1 | must have a statement
            begin;~begin;                                    | 2 | must not stand in a transaction
            select 1;~commit;                                | 2 | must end what 'begin' has begun
            begin;~-- name: a~select 1;                      | 3 | before its 'begin'
            begin isolation level serializable;              | 1 | must be 'begin; ... commit;', but this is 'begin isolation
            begin; select 1;~rollback;                       | 2 | must be 'begin; ... commit;', but this is 'rollback'
            -- nothing                                       | 1 | must have at least one statement
            """)
    void whatIsWrongIsToldWithItsLine(String text, int line, String what) {
        assertThatThrownBy(() -> read(text.replace('~', '\n')))
                .isInstanceOf(BadMixException.class)
                .hasMessageStartingWith("shop.sql:" + line + ": ")
                .hasMessageContaining(what);
    }

    @Test
    void weightsAreKept() throws BadMixException {
        Mix mix = read("""
                -- name: a, weight: 7
                select 1;
                -- name: b, weight: 2
                select 2;
                -- name: c
                select 3;
                """);
        SplittableRandom random = new SplittableRandom(8);
        int[] drawn = new int[3];
        for (int i = 0; i < 100_000; i++) {
            drawn[mix.units().indexOf(mix.draw(random))]++;
        }

        // five standard deviations of a binomial of 100,000
        assertThat(drawn[0]).isBetween(70_000 - 725, 70_000 + 725);
        assertThat(drawn[1]).isBetween(20_000 - 633, 20_000 + 633);
        assertThat(drawn[2]).isBetween(10_000 - 475, 10_000 + 475);
    }

    @ParameterizedTest
    @EnumSource(BuiltInMix.class)
    void builtInMixesAreMixes(BuiltInMix mix) {
        assertThat(mix.statements("penstock_tune_1").units()).isNotEmpty();
        assertThat(BuiltInMix.READ.statements(null).units()).hasSize(3);
    }
}
