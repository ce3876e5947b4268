package dev.penstock.internal.socket;

import dev.penstock.lab.postgres.TlsMaterial;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** TLS over a {@link Pair}, as the driver lays it. */
record TlsPair(SSLSocket ours, SSLSocket theirs) {
    /** After the handshake. */
    static TlsPair over(Pair pair, TlsMaterial material, String version)
            throws IOException, GeneralSecurityException, ExecutionException, InterruptedException {
        CompletableFuture<SSLSocket> accepted = CompletableFuture.supplyAsync(() -> accept(material, pair));
        SSLSocket tls = (SSLSocket)
                context(material).getSocketFactory().createSocket(pair.ours(), "db.penstock.test", 5432, true);
        tls.setEnabledProtocols(new String[] {version});
        tls.startHandshake();
        return new TlsPair(tls, accepted.get());
    }

    private static SSLSocket accept(TlsMaterial material, Pair pair) {
        try {
            SSLSocket server =
                    (SSLSocket) context(material).getSocketFactory().createSocket(pair.theirs(), "client", 1, true);
            server.setUseClientMode(false);
            server.startHandshake();
            return server;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(TlsMaterial material) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", certificate(material.caCertificate()));
        store.setKeyEntry("server", key(material.serverKey()), new char[0], new Certificate[] {
            certificate(material.serverCertificate())
        });
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(Path pem) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path pem) throws GeneralSecurityException, IOException {
        String base64 = Files.readString(pem).replaceAll("-----[^-]+-----", "");
        byte[] der = Base64.getMimeDecoder().decode(base64);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
}
