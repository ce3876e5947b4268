package dev.penstock.internal.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverDefaultsTest {
    @TempDir
    Path folder;

    @Test
    void firstFileOnTheClassPathHasTheLastWord() throws IOException {
        URL[] classPath = {
            withFile("first", "targetServerType=primary"), withFile("second", "targetServerType=any\nloginTimeout=5")
        };
        try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
            assertThat(DriverDefaults.load(loader))
                    .containsEntry("targetServerType", "primary")
                    .containsEntry("loginTimeout", "5")
                    .containsEntry("user", System.getProperty("user.name"));
        }
    }

    @Test
    void withoutAFileThereIsOnlyTheUser() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[0], null)) {
            assertThat(DriverDefaults.load(loader)).containsOnlyKeys("user");
        }
    }

    private URL withFile(String name, String text) throws IOException {
        Path root = folder.resolve(name);
        Path file = root.resolve(DriverDefaults.RESOURCE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return root.toUri().toURL();
    }
}
