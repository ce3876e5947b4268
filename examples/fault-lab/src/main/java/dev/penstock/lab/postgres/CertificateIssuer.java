package dev.penstock.lab.postgres;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that lives as long as a test (X.509 v3, RFC 5280; P-256 keys).
 *
 * <p>The JDK can read certificates but has no public API that makes them; starting keytool takes seconds and needs a
 * full JDK. The few fields that a server certificate consists of are quicker written than fetched.
 */
final class CertificateIssuer {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final Duration VALIDITY = Duration.ofDays(2);

    private final String name;
    private final KeyPair keys;
    private final byte[] certificate;

    CertificateIssuer(String name) {
        this.name = name;
        this.keys = newKeys();
        byte[] extensions = Der.sequence(extension(19, true, Der.sequence(Der.bool(true))));
        this.certificate = signed(name, keys.getPublic(), extensions);
    }

    /** The authority's own certificate (PEM). */
    String certificate() {
        return pem("CERTIFICATE", certificate);
    }

    /** A private key and its certificate (PEM). */
    record Issued(PrivateKey key, String certificate) {
        String keyAsPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }
    }

    /** For a server that is called by these DNS names or IPv4 addresses. */
    Issued issue(String commonName, List<String> alternativeNames) {
        KeyPair subject = newKeys();
        byte[] extensions = alternativeNames.isEmpty() ? null : subjectAlternativeNames(alternativeNames);
        byte[] issued = signed(commonName, subject.getPublic(), extensions);
        return new Issued(subject.getPrivate(), pem("CERTIFICATE", issued));
    }

    private static byte[] subjectAlternativeNames(List<String> names) {
        byte[][] general = names.stream().map(CertificateIssuer::generalName).toArray(byte[][]::new);
        return Der.sequence(extension(17, false, Der.sequence(general)));
    }

    /** dNSName is [2], iPAddress is [7]. */
    private static byte[] generalName(String name) {
        if (!name.matches("\\d+(\\.\\d+){3}")) {
            return Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII));
        }
        byte[] address = new byte[4];
        String[] octets = name.split("\\.", -1);
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) Integer.parseInt(octets[i]);
        }
        return Der.tagged(0x87, address);
    }

    /** One of the extensions id-ce (2.5.29). */
    private static byte[] extension(int number, boolean critical, byte[] value) {
        byte[] id = Der.oid(2, 5, 29, number);
        return critical
                ? Der.sequence(id, Der.bool(true), Der.octetString(value))
                : Der.sequence(id, Der.octetString(value));
    }

    private byte[] signed(String subject, PublicKey key, byte @Nullable [] extensions) {
        Instant now = Instant.now();
        byte[] toBeSigned = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)), // version 3
                Der.integer(new BigInteger(63, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                distinguishedName(name),
                Der.sequence(Der.time(now.minus(Duration.ofHours(1))), Der.time(now.plus(VALIDITY))),
                distinguishedName(subject),
                key.getEncoded(),
                extensions == null ? new byte[0] : Der.tagged(0xa3, extensions));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(toBeSigned);
            return Der.sequence(toBeSigned, ECDSA_WITH_SHA256, Der.bitString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] distinguishedName(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(2, 5, 4, 3), Der.utf8(commonName))));
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, byte[] der) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN " + type + "-----\n" + lines.encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
