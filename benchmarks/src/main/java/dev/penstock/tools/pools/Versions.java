package dev.penstock.tools.pools;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The versions that this jar was built with. From the build, because shading loses the manifests of the pools. */
public final class Versions {
    private static final String RESOURCE = "/pool-versions.properties";

    private Versions() {}

    /** By the name of a pool, or {@code pgjdbc}. */
    public static String of(String key) {
        return all().getOrDefault(key, "(unknown version)");
    }

    /** All of them by name. */
    public static SortedMap<String, String> all() {
        Properties versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                versions.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SortedMap<String, String> all = new TreeMap<>();
        versions.stringPropertyNames().forEach(key -> all.put(key, versions.getProperty(key)));
        return all;
    }
}
