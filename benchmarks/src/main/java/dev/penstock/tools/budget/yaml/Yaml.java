package dev.penstock.tools.budget.yaml;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes maps, lists, numbers, booleans and text as YAML 1.2, in blocks. No state. */
public final class Yaml {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setDereferenceAliases(true) // equal parts are written out each time
            .build();

    private Yaml() {}

    /** One document, without its marks. */
    public static String write(Object value) {
        return new Dump(SETTINGS).dumpToString(value);
    }
}
