package dev.bulla.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for {@code localhost} and its key, made by the JDK's keytool, as PEM files. */
public record PemFiles(Path certificate, Path key, KeyStore store) {
    private static final String PASSWORD = "not-secret";

    /** A new key of this algorithm with its certificate for localhost. */
    public static PemFiles selfSigned(Path folder, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Files.createDirectories(folder);
        var storeFile = folder.resolve("store.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "tls",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        storeFile.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
        var store = KeyStore.getInstance(storeFile.toFile(), PASSWORD.toCharArray());
        var certificate = pem(
                folder.resolve("cert.pem"),
                "CERTIFICATE",
                store.getCertificate("tls").getEncoded());
        var key = pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                store.getKey("tls", PASSWORD.toCharArray()).getEncoded());
        return new PemFiles(certificate, key, store);
    }

    /** What a client needs to trust the certificate and no other. */
    public SSLContext trusting() throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("tls", store.getCertificate("tls"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Path pem(Path file, String kind, byte[] der) throws IOException {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
