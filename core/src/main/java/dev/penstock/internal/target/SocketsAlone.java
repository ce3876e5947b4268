package dev.penstock.internal.target;

import java.net.ProxySelector;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.login.Configuration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Whether opening a session can wait for nothing but the sockets that it is given, so that closing them is
 * sure to free whoever opens it. Said only where it is known: a parameter that is not on the list may bring in
 * code or files of anybody's, and TLS may ask a revocation server, a key store or the console.
 */
final class SocketsAlone {
    private static final Set<String> HARMLESS = Set.of(
            "PGHOST",
            "PGPORT",
            "PGDBNAME",
            "user",
            "password",
            "sslmode",
            "ApplicationName",
            "assumeMinServerVersion",
            "autosave",
            "binaryTransfer",
            "cancelSignalTimeout",
            "connectTimeout",
            "currentSchema",
            "defaultRowFetchSize",
            "hostRecheckSeconds",
            "loadBalanceHosts",
            "loginTimeout",
            "options",
            "preferQueryMode",
            "preparedStatementCacheQueries",
            "preparedStatementCacheSizeMiB",
            "prepareThreshold",
            "readOnly",
            "reWriteBatchedInserts",
            "socketTimeout",
            "stringtype",
            "targetServerType",
            "tcpKeepAlive",
            "tcpNoDelay");

    private static final String JAAS_NAME = Objects.requireNonNull(PGProperty.JAAS_APPLICATION_NAME.getDefaultValue());

    private SocketsAlone() {}

    /** As far as URL and properties go, and whether this JVM has a configuration for Kerberos. */
    static boolean forParameters(ParsedUrl parsed) {
        return "disable".equalsIgnoreCase(parsed.get("sslmode"))
                && parsed.merged().stringPropertyNames().stream().allMatch(SocketsAlone::isHarmless)
                && !hasJaas();
    }

    /** As far as the JVM goes now. */
    static boolean forJvm() {
        return asksNobody(ProxySelector.getDefault()) && !Boolean.getBoolean("java.net.useSystemProxies");
    }

    /** None, or the JDK's own, which asks nobody unless it is told to. An application may set another at any time. */
    private static boolean asksNobody(@Nullable ProxySelector selector) {
        return selector == null || selector.getClass().getName().startsWith("sun.net.");
    }

    private static boolean isHarmless(String parameter) {
        return HARMLESS.contains(parameter) || parameter.startsWith("penstock.");
    }

    /**
     * For what LoginContext looks up in pgjdbc's name; without one a server that asks for Kerberos is refused at once.
     */
    private static boolean hasJaas() {
        try {
            Configuration jaas = Configuration.getConfiguration();
            return jaas.getAppConfigurationEntry(JAAS_NAME) != null || jaas.getAppConfigurationEntry("other") != null;
        } catch (SecurityException e) {
            return false;
        }
    }
}
