package dev.bulla.server.http;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The certificate and key that TLS is served with, as PEM files.
 *
 * @param certificates the server's certificate first, then its chain
 * @param key its private key in PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted
 */
public record Tls(Path certificates, Path key) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([0-9A-Za-z+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = new char[0];

    /**
     * The files as Jetty wants them.
     *
     * @throws ProblemException {@code BAD_CONFIG} when a file cannot be read or key and certificate do not fit
     */
    public SslContextFactory.Server contextFactory() {
        try {
            var chain = certificateChain();
            var privateKey = privateKey(chain[0].getPublicKey());
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("tls", privateKey, NO_PASSWORD, chain);
            var factory = new SslContextFactory.Server();
            factory.setKeyStore(store);
            factory.setKeyStorePassword("");
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw new ProblemException(Code.BAD_CONFIG, "The TLS files cannot be used: " + e.getMessage(), e);
        }
    }

    private Certificate[] certificateChain() throws GeneralSecurityException {
        var pem = new ByteArrayInputStream(read(certificates));
        try {
            var chain = CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (!chain.isEmpty()) {
                return chain.toArray(Certificate[]::new);
            }
        } catch (CertificateException e) {
            throw new ProblemException(
                    Code.BAD_CONFIG, certificates + " has a damaged certificate: " + e.getMessage(), e);
        }
        throw new ProblemException(Code.BAD_CONFIG, certificates + " has no certificate in PEM form.");
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ProblemException(Code.BAD_CONFIG, "there is no file " + file, e);
        } catch (IOException e) {
            throw new ProblemException(Code.BAD_CONFIG, file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private PrivateKey privateKey(PublicKey publicKey) throws GeneralSecurityException {
        var match = PKCS8.matcher(new String(read(key), StandardCharsets.US_ASCII));
        if (!match.find()) {
            throw new ProblemException(
                    Code.BAD_CONFIG,
                    key + " has no BEGIN PRIVATE KEY; openssl pkcs8 -topk8 -nodes makes that form from the others.");
        }
        byte[] der = Base64.getMimeDecoder().decode(match.group(1));
        var privateKey = KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
        if (!fit(privateKey, publicKey)) {
            throw new ProblemException(
                    Code.BAD_CONFIG, key + " is not the key of the first certificate in " + certificates);
        }
        return privateKey;
    }

    private static boolean fit(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        byte[] message = "does this key fit".getBytes(StandardCharsets.US_ASCII);
        var signature = Signature.getInstance(
                switch (publicKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> publicKey.getAlgorithm();
                });
        signature.initSign(privateKey);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(message);
        return signature.verify(signed);
    }
}
