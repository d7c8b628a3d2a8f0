package dev.sluice.transport.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** A CA and what it signs (RFC 5280). Written by hand, since the JDK's keytool needs seconds for each of them. */
public final class TestCertificates {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] CA_NAME = name("ca");

    private final Path folder;
    private final KeyPair ca = pair("EC");
    private int serial;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    /** A new CA in the folder. */
    public static TestCertificates in(Path folder) {
        TestCertificates certificates = new TestCertificates(folder);
        byte[] constraints = extension(19, true, Der.sequence(Der.isTrue()));
        write(certificates.ca(), "CERTIFICATE", certificates.sign(CA_NAME, certificates.ca, constraints));
        return certificates;
    }

    public Path ca() {
        return folder.resolve("ca.pem");
    }

    public Path cert(String name) {
        return folder.resolve(name + ".pem");
    }

    public Path key(String name) {
        return folder.resolve(name + ".key");
    }

    /** A key of the algorithm ({@code EC} or {@code RSA}) and a certificate for localhost that the CA signed. */
    public TestCertificates issue(String name, String algorithm) {
        KeyPair keys = pair(algorithm);
        byte[] names = Der.sequence(Der.text(0x82, "localhost"), Der.value(0x87, new byte[] {127, 0, 0, 1}));
        write(cert(name), "CERTIFICATE", sign(name(name), keys, extension(17, false, names)));
        write(key(name), "PRIVATE KEY", keys.getPrivate().getEncoded());
        return this;
    }

    /** Lets the files of one name take the place of another's. */
    public void replace(String name, String by) {
        try {
            Files.copy(cert(by), cert(name), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(key(by), key(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] sign(byte[] subject, KeyPair keys, byte[] extension) {
        Instant now = Instant.now();
        byte[] validity = Der.sequence(time(now.minus(Duration.ofHours(1))), time(now.plus(Duration.ofDays(2))));
        serial++;
        byte[] body = Der.sequence(
                Der.value(0xa0, Der.integer(2)),
                Der.integer(serial),
                ECDSA_WITH_SHA256,
                CA_NAME,
                validity,
                subject,
                keys.getPublic().getEncoded(),
                Der.value(0xa3, Der.sequence(extension)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(ca.getPrivate());
            signature.update(body);
            return Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of those under 2.5.29. */
    private static byte[] extension(int arc, boolean critical, byte[] value) {
        byte[] oid = Der.oid(2, 5, 29, arc);
        byte[] wrapped = Der.value(Der.OCTET_STRING, value);
        return critical ? Der.sequence(oid, Der.isTrue(), wrapped) : Der.sequence(oid, wrapped);
    }

    private static void write(Path file, String kind, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        try {
            Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] name(String common) {
        return Der.sequence(Der.value(Der.SET, Der.sequence(Der.oid(2, 5, 4, 3), Der.text(Der.UTF8_STRING, common))));
    }

    private static byte[] time(Instant instant) {
        return Der.text(
                Der.UTC_TIME,
                DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                        .withZone(ZoneOffset.UTC)
                        .format(instant));
    }

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
