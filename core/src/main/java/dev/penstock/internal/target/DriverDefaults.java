package dev.penstock.internal.target;

import dev.penstock.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * What {@code Driver.connect} takes as defaults before it parses a URL, and {@code Driver.parseURL} by
 * itself does not: the name of the operating system's user, and {@code driverconfig.properties} on the
 * class path. Without them hosts, roles and timeouts that stand there would be lost on the way.
 */
final class DriverDefaults {
    static final String RESOURCE = "org/postgresql/driverconfig.properties";

    private DriverDefaults() {}

    static Properties load() {
        return load(Driver.class.getClassLoader());
    }

    static Properties load(@Nullable ClassLoader loader) {
        Properties defaults = new Properties();
        String user = System.getProperty("user.name");
        if (user != null) {
            defaults.setProperty("user", user);
        }
        try {
            addFiles(defaults, loader == null ? ClassLoader.getSystemClassLoader() : loader);
        } catch (IOException unreadable) {
            throw new InvalidSettingException(RESOURCE, "must be readable", unreadable.getMessage());
        }
        return defaults;
    }

    /** The first file on the class path has the last word. */
    private static void addFiles(Properties defaults, ClassLoader loader) throws IOException {
        List<URL> files = new ArrayList<>(Collections.list(loader.getResources(RESOURCE)));
        Collections.reverse(files);
        for (URL file : files) {
            try (InputStream stream = file.openStream()) {
                defaults.load(stream);
            }
        }
    }
}
