package dev.penstock.internal.settings;

import dev.penstock.InvalidSettingException;
import dev.penstock.internal.failure.Masking;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings from text keys such as {@code penstock.connect.deadline}. */
public final class SettingKeys {
    private SettingKeys() {}

    /** Whether a key is meant for us, well written or not. */
    public static boolean isOurs(String key) {
        return key.regionMatches(true, 0, Setting.PREFIX, 0, Setting.PREFIX.length());
    }

    /** Sets what the keys say; keys that are not ours are somebody else's and left alone. */
    public static SettingValues apply(Map<String, String> keys, SettingValues to, Function<String, String> originOf) {
        SettingValues changed = to;
        // sorted, so that of several faults the same one is reported each time
        for (Map.Entry<String, String> entry : new TreeMap<>(keys).entrySet()) {
            String key = entry.getKey();
            if (isOurs(key)) {
                SettingValues.Editor editor = changed.edit(originOf.apply(key));
                editor.setText(find(key, entry.getValue()), entry.getValue());
                changed = editor.values();
            }
        }
        return changed;
    }

    private static Setting<?> find(String key, @Nullable String text) {
        for (Setting<?> setting : Settings.all()) {
            if (setting.fullKey().equals(key)) {
                return setting;
            }
        }
        throw new InvalidSettingException(key, unknown(key), Masking.maskValue(key, text));
    }

    private static String unknown(String key) {
        List<String> known = known();
        String nearest = nearest(key, known);
        return "is not a setting" + (nearest == null ? "" : "; did you mean " + nearest + "?") + " (settings: "
                + String.join(", ", known) + ")";
    }

    private static List<String> known() {
        return Settings.all().stream().map(Setting::fullKey).collect(Collectors.toList());
    }

    /**
     * The known key with the fewest letters to change, unless more than half of it would have to be; null then. All of
     * them begin with the prefix; dashes and capitals make no difference.
     */
    public static @Nullable String nearest(String key, List<String> known) {
        String wanted = plain(key);
        String best = null;
        int fewest = wanted.length() / 2 + 1;
        for (String candidate : known) {
            int changes = distance(wanted, plain(candidate));
            if (changes < fewest) {
                fewest = changes;
                best = candidate;
            }
        }
        return best;
    }

    /** A forgotten group, such as that of connect.deadline, counts as one change. */
    private static int distance(String wanted, String candidate) {
        int withoutGroup = 1 + EditDistance.between(wanted, candidate.substring(candidate.lastIndexOf('.') + 1));
        return Math.min(withoutGroup, EditDistance.between(wanted, candidate));
    }

    /** Without the prefix, capitals, dashes: spelling that other formats use for the same key. */
    private static String plain(String key) {
        return key.substring(Setting.PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("-", "")
                .replace("_", "");
    }
}
