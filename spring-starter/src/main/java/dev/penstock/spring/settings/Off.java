package dev.penstock.spring.settings;

import org.slf4j.LoggerFactory;

/** Says once that nothing is done. */
public final class Off {
    /** Says it. */
    public Off() {
        LoggerFactory.getLogger("dev.penstock.spring")
                .info("penstock: off, no DataSource is looked after (penstock.enabled=false)");
    }
}
