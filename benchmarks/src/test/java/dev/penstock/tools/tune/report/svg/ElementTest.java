package dev.penstock.tools.tune.report.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ElementTest {
    @Test
    void textAndAttributesAreEscaped() {
        assertThat(Element.of("p").with("title", "a\"b'<&>").text("1 < 2 & \"x\""))
                .hasToString("<p title=\"a&quot;b&#39;&lt;&amp;&gt;\">1 &lt; 2 &amp; &quot;x&quot;</p>");
    }

    @Test
    void whatXmlForbidsIsReplaced() {
        assertThat(Element.of("p").text("a\u0000b\ud800c\uffff\ud83d\ude00\u0085"))
                .hasToString("<p>a\ufffdb\ufffdc\ufffd\ud83d\ude00\ufffd</p>");
    }

    /** A browser takes {@code <td/>} for a start tag. */
    @Test
    void onlyWhatHasNoEndTagInHtmlHasNone() {
        assertThat(Element.of("td")).hasToString("<td></td>");
        assertThat(Element.of("br")).hasToString("<br/>");
    }

    @Test
    void blanksAreAddedWhereTheyMeanNothingOnly() {
        assertThat(Element.of("ul").add(Element.of("li").text("a"), Element.of("li")))
                .hasToString("<ul>\n<li>a</li>\n<li></li>\n</ul>");
    }

    @Test
    void coordinatesAreShortAndFinite() {
        assertThat(Element.of("rect").with("x", 1.005).with("y", -0.001).with("width", 1e7))
                .hasToString("<rect x=\"1\" y=\"0\" width=\"10000000\"></rect>");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Element.of("rect").with("x", Double.NaN))
                .withMessage("a coordinate must be finite, but was NaN");
    }

    @Test
    void aStyleSheetCannotBeLeft() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Element.of("style").styles("</style>"));
    }
}
