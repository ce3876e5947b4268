package dev.penstock.tools.server;

import dev.penstock.PenstockConnector;
import dev.penstock.internal.failure.Masking;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Who logs in where. A password comes from {@code PGPASSWORD}; without that, pgjdbc looks into the file that {@code
 * PGPASSFILE} names, or {@code ~/.pgpass}.
 *
 * @param url without a password
 * @param user null: the one in the URL, or else the name of the account that this runs as, as pgjdbc has it
 * @param password null: pgjdbc finds one, or needs none
 */
public record Login(
        String url, @Nullable String user, @Nullable String password) {
    private static final Pattern USER = Pattern.compile("[?&]user=");

    /** User and host, and names of parameters. An escaped @ in a value or a database's name makes no user. */
    private static final Pattern BEFORE_VALUES = Pattern.compile("^[^?]*@|^[^/?]*//[^/?]*|[?&;][^=&]*=");

    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** The rule that a URL with a password breaks; its value is not for showing. */
    static boolean carriesPassword(String url) {
        String decoded = BEFORE_VALUES.matcher(url).replaceAll(part -> Matcher.quoteReplacement(decoded(part.group())));
        return hasSecret(url) || hasSecret(decoded);
    }

    private static boolean hasSecret(String url) {
        return !Masking.maskUrl(url).equals(url);
    }

    private static String decoded(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
    }

    static boolean namesUser(String url) {
        return USER.matcher(url).find();
    }

    /** As the options and the environment say. */
    public static Login of(String url, @Nullable String user, Map<String, String> environment) {
        String ambient = namesUser(url) ? null : given(environment.get("PGUSER"));
        return new Login(url, user == null ? ambient : user, given(environment.get("PGPASSWORD")));
    }

    /** Empty counts as not set, as with psql. */
    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** As the driver reads the URL, with commas between them; empty if it does not tell. */
    public String hosts() {
        Properties parsed = Driver.parseURL(url, new Properties());
        String hosts = parsed == null ? null : PGProperty.PG_HOST.getOrDefault(parsed);
        return hosts == null ? "" : hosts;
    }

    /** For one connector. */
    public PenstockConnector.Builder connector() {
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
