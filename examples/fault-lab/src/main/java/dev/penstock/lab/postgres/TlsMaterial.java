package dev.penstock.lab.postgres;

import dev.penstock.lab.process.ServerDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * A certificate authority, a server certificate and a client certificate, made for one test and removed at close.
 *
 * <p>Names are what verify-full checks, so tests need certificates for names that no public authority would sign.
 */
public final class TlsMaterial implements AutoCloseable {
    static final String CA_CERTIFICATE = "root.crt";
    static final String SERVER_CERTIFICATE = "server.crt";
    static final String SERVER_KEY = "server.key";
    static final List<String> SERVER_FILES = List.of(CA_CERTIFICATE, SERVER_CERTIFICATE, SERVER_KEY);

    private static final String CLIENT_CERTIFICATE = "client.crt";
    private static final String CLIENT_KEY = "client.pk8";

    private final ServerDirectory directory;
    private final List<String> names;
    private final Thread belt;

    private TlsMaterial(ServerDirectory directory, List<String> names) {
        this.directory = directory;
        this.names = names;
        this.belt = new Thread(directory::close, "lab-tls-belt");
    }

    /** For a server that is called by these DNS names or IPv4 addresses, and a client called {@code postgres}. */
    public static TlsMaterial forNames(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("names must not be empty");
        }
        TlsMaterial material = new TlsMaterial(ServerDirectory.create("tls"), List.of(names));
        Runtime.getRuntime().addShutdownHook(material.belt);
        material.write();
        return material;
    }

    private void write() {
        CertificateIssuer issuer = new CertificateIssuer("Penstock lab CA");
        CertificateIssuer.Issued server = issuer.issue(names.get(0), names);
        CertificateIssuer.Issued client = issuer.issue("postgres", List.of());
        directory.writePrivate(CA_CERTIFICATE, issuer.certificate());
        directory.writePrivate(SERVER_CERTIFICATE, server.certificate());
        directory.writePrivate(SERVER_KEY, server.keyAsPem());
        directory.writePrivate(CLIENT_CERTIFICATE, client.certificate());
        directory.writePrivate(CLIENT_KEY, "");
        try {
            Files.write(directory.file(CLIENT_KEY), client.key().getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names on the server's certificate. */
    public List<String> names() {
        return names;
    }

    public Path directory() {
        return directory.root();
    }

    /** PEM; pgjdbc's {@code sslrootcert}. */
    public Path caCertificate() {
        return directory.file(CA_CERTIFICATE);
    }

    public Path serverCertificate() {
        return directory.file(SERVER_CERTIFICATE);
    }

    public Path serverKey() {
        return directory.file(SERVER_KEY);
    }

    /** PEM; pgjdbc's {@code sslcert}. */
    public Path clientCertificate() {
        return directory.file(CLIENT_CERTIFICATE);
    }

    /** PKCS #8, DER; pgjdbc's {@code sslkey}. */
    public Path clientKey() {
        return directory.file(CLIENT_KEY);
    }

    /** {@code sslmode=verify-full} against this authority. */
    public Properties verifyFull() {
        Properties properties = new Properties();
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", caCertificate().toString());
        return properties;
    }

    /** The same as the tail of a URL, without a leading question mark. */
    public String verifyFullParameters() {
        return "sslmode=verify-full&sslrootcert=" + caCertificate();
    }

    /** Removes the files. Calling it again does nothing. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(belt);
        } catch (IllegalStateException e) {
            return; // the JVM is going down and the belt does the work
        }
        if (Files.exists(directory.root())) {
            directory.close();
        }
    }
}
