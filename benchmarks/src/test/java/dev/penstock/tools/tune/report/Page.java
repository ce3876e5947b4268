package dev.penstock.tools.tune.report;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page, read as XML. */
final class Page {
    private Page() {}

    /** All of it; fails if it is not well-formed. */
    static List<Element> elements(String page) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return below(builder.parse(new InputSource(new StringReader(page))).getDocumentElement());
    }

    static List<Element> below(Element element) {
        NodeList found = element.getElementsByTagName("*");
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
