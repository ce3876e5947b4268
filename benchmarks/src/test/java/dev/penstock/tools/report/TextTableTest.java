package dev.penstock.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table = new TextTable().text("case").number("ms").text("verdict");
        table.row("silent", "7", "ok").row("x", "1500", "LATE");

        assertThat(table.lines())
                .containsExactly(
                        "case      ms  verdict", //
                        "------  ----  -------",
                        "silent     7  ok",
                        "x       1500  LATE");
    }

    @Test
    void aRowHasOneCellPerColumn() {
        TextTable table = new TextTable().text("case").number("ms");

        assertThatThrownBy(() -> table.row("silent")).hasMessage("a row must have 2 cells, but had 1");
    }

    @Test
    void inMarkdownNumbersStandRightToo() {
        TextTable table = new TextTable().text("pool").number("ms").row("a|b", "7");

        assertThat(table.markdown()).containsExactly("| pool | ms |", "| --- | ---: |", "| a\\|b | 7 |");
    }
}
