package dev.penstock.tools.pools;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that this jar was built with. From the build, because shading loses the manifests of the pools. */
public final class Versions {
    private static final String RESOURCE = "/pool-versions.properties";

    private Versions() {}

    /** By the name of a pool, or {@code pgjdbc}. */
    public static String of(String key) {
        Properties versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                versions.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.getProperty(key, "(unknown version)");
    }
}
