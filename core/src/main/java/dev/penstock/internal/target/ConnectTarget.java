package dev.penstock.internal.target;

import dev.penstock.ConnectSettings;
import dev.penstock.Credentials;
import dev.penstock.PenstockConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.util.HostSpec;
import org.postgresql.util.URLCoder;

/**
 * What a JDBC URL and its properties ask for, taken apart so that each host can be handled on its own.
 * Immutable; everything is parsed and checked once, in {@link #of}.
 */
public final class ConnectTarget {
    /** What else the server takes for "no" (parse_bool). */
    private static final Set<String> NO_REPLICATION =
            Set.of("", "false", "fals", "fal", "fa", "f", "off", "of", "no", "n", "0");

    private final ParsedUrl parsed;
    private final List<HostPort> hosts;
    private final ServerRole targetRole;
    private final Encryption encryption;
    private final Duration hostRecheck;
    private final Duration connectTimeout;
    private final @Nullable Duration loginTimeout;
    private final boolean socketsAlone;

    private ConnectTarget(ParsedUrl parsed) {
        this.parsed = parsed;
        this.hosts = HostPort.list(parsed.get("PGHOST", ""), parsed.get("PGPORT", ""));
        this.targetRole = ServerRole.parse(parsed.get("targetServerType", "any"));
        this.encryption = Encryption.of(parsed);
        this.hostRecheck = seconds(PGProperty.HOST_RECHECK_SECONDS, "10");
        this.connectTimeout = seconds(PGProperty.CONNECT_TIMEOUT, "10");
        this.socketsAlone = SocketsAlone.forParameters(parsed);
        this.loginTimeout = DriverNumbers.fractionalSeconds("loginTimeout", parsed.get("loginTimeout", "0"));
    }

    /**
     * Parses as {@code Driver.connect} does: the URL before the properties, these before a service, and
     * {@code driverconfig.properties} last.
     *
     * @throws dev.penstock.InvalidSettingException if the URL is not one of pgjdbc's, or a parameter that
     *     Penstock reads makes no sense
     */
    public static ConnectTarget of(String url, Properties properties) {
        ParsedUrl parsed = ParsedUrl.of(url, properties);
        ConnectTarget target = new ConnectTarget(parsed);
        if (!target.ownSocketFactory()) {
            HostNames.check(target.hosts, url);
        }
        return target;
    }

    private Duration seconds(PGProperty property, String defaultSeconds) {
        String name = property.getName();
        return DriverNumbers.seconds(name, parsed.get(name, defaultSeconds));
    }

    /** All hosts in the order of the URL, at least one; a host that stands there twice is in here twice. */
    public List<HostPort> hosts() {
        return hosts;
    }

    /** {@code targetServerType}, default any. */
    public ServerRole targetRole() {
        return targetRole;
    }

    /** {@code loadBalanceHosts}, default false. */
    public boolean loadBalanceHosts() {
        return Boolean.parseBoolean(parsed.get("loadBalanceHosts", "false"));
    }

    /** {@code hostRecheckSeconds}: how long a host's known role is believed. Default 10 s, zero: not at all. */
    public Duration hostRecheck() {
        return hostRecheck;
    }

    /** Database, the user's name where the URL has none, as pgjdbc has it. */
    public @Nullable String database() {
        String database = parsed.get("PGDBNAME");
        return database == null || database.isEmpty() ? user() : database;
    }

    /** User, the operating system's where nothing else names one, as pgjdbc has it. */
    public @Nullable String user() {
        return parsed.get("user");
    }

    /** {@code localSocketAddress}: local address to bind to, as the user wrote it. */
    public @Nullable String localSocketAddress() {
        return parsed.get("localSocketAddress");
    }

    /**
     * Whether the user has an {@code ApplicationName} of his own, in the URL, the properties, a service or {@code
     * driverconfig.properties}. One in {@code options} counts for nothing: the driver sets its own after it.
     */
    public boolean namesApplication() {
        return parsed.has("ApplicationName");
    }

    /** Whether its connections are for replication: {@code replication=database}, or {@code true}. */
    public boolean forReplication() {
        return !NO_REPLICATION.contains(parsed.get("replication", "").toLowerCase(Locale.ROOT));
    }

    /** Whether the user has a {@code socketFactory} of his own: then what it connects to is its affair. */
    public boolean ownSocketFactory() {
        return parsed.has("socketFactory");
    }

    /**
     * Whether opening a session can wait for nothing but the sockets that it is given, as far as is known: then
     * closing them is sure to free whoever opens it. Never so with TLS, Kerberos, a proxy, a password file, or a
     * parameter of which it is not known.
     *
     * @param given credentials of this connect, null for those of the URL and properties
     */
    public boolean waitsForSocketsAlone(@Nullable Credentials given) {
        boolean password = given != null && given.password() != null;
        return socketsAlone && (password || parsed.explicit().getProperty("password") != null) && SocketsAlone.forJvm();
    }

    /**
     * Whether a SOCKS proxy resolves this host and connects to it. Asked anew each time, because pgjdbc
     * and the JDK read {@code socksProxyHost} and {@code socksNonProxyHosts} anew each time.
     */
    public boolean throughSocks(HostPort host) {
        return !new HostSpec(host.urlHost(), host.port()).shouldResolve();
    }

    /**
     * {@code connectTimeout}: limit for one TCP connect to one address. Default 10 s as in pgjdbc, zero: no
     * limit but the deadline.
     */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** {@code loginTimeout} of the user, null if there is none or it is zero: no limit to pgjdbc. */
    public @Nullable Duration loginTimeout() {
        return loginTimeout;
    }

    /**
     * The configuration that is in force for this target: {@code penstock.*} keys in the properties, then
     * those in the URL, then a {@code loginTimeout} in place of a deadline that nobody set. Applied to its
     * own result it changes nothing.
     *
     * @throws dev.penstock.InvalidSettingException if a key is unknown, a value breaks its rule, or the driver's
     *     {@code options} set a limit that a setting sets
     */
    public PenstockConfig effective(PenstockConfig config) {
        PenstockConfig keyed = config.withProperties(parsed.penstockKeys(), "property")
                .withProperties(parsed.penstockKeysInUrl(), "URL");
        if (keyed.enabled()) {
            OptionRules.check(parsed.get("options", ""), origin("options"), keyed);
        }
        return TimeoutRules.adopt(keyed, loginTimeout, origin("loginTimeout"));
    }

    /**
     * What contradicts itself but can be lived with, one sentence each, with names and values.
     *
     * @param effective what {@link #effective} gave
     */
    public List<String> warnings(PenstockConfig effective) {
        return TimeoutRules.warnings(this, effective);
    }

    /**
     * Fresh properties to hand to {@code Driver.connect} with {@link #urlFor}: cleaned of what concerns
     * other hosts, of the driver's own limits for the whole connect, and of the socket factory, which the
     * caller sets.
     *
     * @param settings deadline and TCP keepalive that are in force
     */
    public Properties driverProperties(ConnectSettings settings) {
        return DriverProperties.of(parsed, encryption, settings);
    }

    /** Fresh copy of the properties as a plain pgjdbc would hand them to the user's own socket factory. */
    public Properties userSocketFactoryProperties() {
        return ParsedUrl.forDriver(parsed.merged());
    }

    /** URL of one host without any parameter; without a database if the user's name stands for it. */
    public String urlFor(HostPort host) {
        return TargetText.url(host, URLCoder.encode(explicitDatabase()));
    }

    /** The target for log and errors, without parameters: {@code jdbc:postgresql://h1:5432,h2:5432/app}. */
    public String describe() {
        return TargetText.describe(hosts, URLCoder.encode(explicitDatabase()));
    }

    /** {@link #describe} and the server type if one is asked for. */
    public String summary() {
        return describe() + (targetRole == ServerRole.ANY ? "" : " targetServerType=" + get("targetServerType"));
    }

    @Override
    public String toString() {
        return summary();
    }

    /** The user's name is left to the driver: credentials may bring another user, with another default. */
    private String explicitDatabase() {
        String database = parsed.explicit().getProperty("PGDBNAME");
        return database == null ? "" : database;
    }

    private @Nullable String get(String name) {
        return parsed.get(name);
    }

    boolean sets(String name) {
        return parsed.has(name);
    }

    String origin(String name) {
        return parsed.origin(name);
    }
}
