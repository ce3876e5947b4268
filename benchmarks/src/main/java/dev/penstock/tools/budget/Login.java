package dev.penstock.tools.budget;

import dev.penstock.PenstockConnector;
import dev.penstock.internal.failure.Masking;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in where. A password comes from {@code PGPASSWORD}; without that, pgjdbc looks into the file that {@code
 * PGPASSFILE} names, or {@code ~/.pgpass}.
 *
 * @param url without a password
 * @param user null: the one in the URL, or else the name of the account that this runs as, as pgjdbc has it
 * @param password null: pgjdbc finds one, or needs none
 */
record Login(String url, @Nullable String user, @Nullable String password) {
    private static final Pattern USER = Pattern.compile("[?&]user=");

    /** The rule that a URL with a password breaks; its value is not for showing. */
    static boolean carriesPassword(String url) {
        return !Masking.mask(url).equals(url);
    }

    static boolean namesUser(String url) {
        return USER.matcher(url).find();
    }

    /** As the options and the environment say. */
    static Login of(String url, @Nullable String user, Map<String, String> environment) {
        String ambient = namesUser(url) ? null : given(environment.get("PGUSER"));
        return new Login(url, user == null ? ambient : user, given(environment.get("PGPASSWORD")));
    }

    /** Empty counts as not set, as with psql. */
    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    PenstockConnector.Builder connector() {
        PenstockConnector.Builder builder = PenstockConnector.builder(url);
        if (user != null) {
            builder.user(user);
        }
        if (password != null) {
            builder.password(password);
        }
        return builder;
    }

    /** Not the record's own, which would print the password. */
    @Override
    public String toString() {
        return "login at " + Masking.mask(url);
    }
}
