package dev.penstock.tools.budget.yaml;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes maps, lists, numbers, booleans and text as YAML 1.2, in blocks. No state. */
public final class Yaml {
    private static final DumpSettings READABLE = settings(true);
    private static final DumpSettings ASCII = settings(false);

    /** In YAML 1.1, which many a reader still takes it for, they end a line. */
    private static final Pattern LINE_SEPARATORS = Pattern.compile("[\\u2028\\u2029]");

    private Yaml() {}

    /** One document, without its marks. */
    public static String write(Object value) {
        String text = new Dump(READABLE).dumpToString(value);
        return LINE_SEPARATORS.matcher(text).find() ? new Dump(ASCII).dumpToString(value) : text;
    }

    private static DumpSettings settings(boolean unicode) {
        return DumpSettings.builder()
                .setSchema(new CoreSchema())
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSplitLines(false)
                .setDereferenceAliases(true) // equal parts are written out each time
                .setUseUnicodeEncoding(unicode)
                .build();
    }
}
