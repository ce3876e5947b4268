package dev.penstock.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.penstock.PenstockConnector;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** What is shipped: the classes of this module without its tests. */
final class ProductionClasses {
    static final JavaClasses ALL = new ClassFileImporter().importPath(location());

    private ProductionClasses() {}

    private static Path location() {
        try {
            return Path.of(PenstockConnector.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
