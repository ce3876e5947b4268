package dev.penstock.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConfig;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void keysAndDefaultsAreWhatTheDocumentationPromises() {
        assertThat(Settings.all().stream().map(setting -> setting.key() + " = " + setting.defaultText()))
                .containsExactly(
                        "enabled = true",
                        "connect.deadline = 30s",
                        "connect.racing = true",
                        "connect.attemptDelay = 250ms",
                        "connect.maxParallelSessions = 3",
                        "connect.dnsPatience = min(1s, connect.deadline/4)",
                        "connect.dnsMaxStale = 1h",
                        "connect.tcpKeepAlive = true",
                        "connect.resolver = system",
                        "connect.credentials = none",
                        "listeners = 0");
    }

    @Test
    void everyDefaultKeepsItsRule() {
        Settings.validate(SettingValues.none());
    }

    @Test
    void everyConnectSettingHasAnAccessorAndABuilderMethodOfItsName() {
        List<String> names = Settings.all().stream()
                .map(Setting::key)
                .filter(key -> key.startsWith("connect."))
                .map(key -> key.substring("connect.".length()))
                .toList();
        assertThat(publicMethods(ConnectSettings.class)).containsExactlyInAnyOrderElementsOf(names);
        assertThat(publicMethods(ConnectSettings.Builder.class)).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void configurationTellsEverySettingInOrder() {
        assertThat(PenstockConfig.defaults().settings())
                .extracting(setting -> setting.key())
                .containsExactlyElementsOf(
                        Settings.all().stream().map(Setting::fullKey).toList());
    }

    private static List<String> publicMethods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(Method::getName)
                .toList();
    }

    @Test
    void everySettingIsInTheList() throws IllegalAccessException {
        for (var field : Settings.class.getFields()) {
            if (field.getType() == Setting.class) {
                assertThat(Settings.all()).contains((Setting<?>) field.get(null));
            }
        }
        assertThat(Arrays.stream(Settings.class.getFields()).filter(field -> field.getType() == Setting.class))
                .hasSameSizeAs(Settings.all());
    }
}
