package dev.bulla.server;

import dev.bulla.server.api.UploadLimits;
import dev.bulla.server.exchange.AddressRange;
import dev.bulla.server.http.Listen;
import dev.bulla.server.http.Tls;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server is run.
 *
 * @param listen interface, port and TLS
 * @param publicUrl where people reach it; absent to take it from each request
 * @param trustedProxies whose {@code X-Forwarded-…} headers count
 * @param uploads the limits of uploads
 * @param version what the API gives as the server's version
 */
public record ServerConfig(
        Listen listen,
        @Nullable URI publicUrl,
        List<AddressRange> trustedProxies,
        UploadLimits uploads,
        String version) {
    /** Loopback, port 8080, no proxies. */
    public static final ServerConfig DEFAULT =
            new ServerConfig(Listen.DEFAULT, null, List.of(), UploadLimits.DEFAULT, "development");

    /** Keeps its own copy; the public URL must be http or https with a host. */
    public ServerConfig {
        trustedProxies = List.copyOf(trustedProxies);
        if (publicUrl != null && (publicUrl.getHost() == null || !isHttp(publicUrl))) {
            throw new IllegalArgumentException("not an http or https URL: " + publicUrl);
        }
    }

    /** The same on this interface. */
    public ServerConfig withHost(String host) {
        return withListen(new Listen(host, listen.port(), listen.tls(), listen.idle()));
    }

    /** The same on this port; 0 for any that is free. */
    public ServerConfig withPort(int port) {
        return withListen(new Listen(listen.host(), port, listen.tls(), listen.idle()));
    }

    /** The same with TLS. */
    public ServerConfig withTls(Tls tls) {
        return withListen(new Listen(listen.host(), listen.port(), tls, listen.idle()));
    }

    /** The same, listening so. */
    public ServerConfig withListen(Listen other) {
        return new ServerConfig(other, publicUrl, trustedProxies, uploads, version);
    }

    /** The same, reached there. */
    public ServerConfig withPublicUrl(URI url) {
        return new ServerConfig(listen, url, trustedProxies, uploads, version);
    }

    /** The same behind these proxies. */
    public ServerConfig withTrustedProxies(List<AddressRange> proxies) {
        return new ServerConfig(listen, publicUrl, proxies, uploads, version);
    }

    /** The same with these limits. */
    public ServerConfig withUploads(UploadLimits limits) {
        return new ServerConfig(listen, publicUrl, trustedProxies, limits, version);
    }

    /** The same, of this version. */
    public ServerConfig withVersion(String text) {
        return new ServerConfig(listen, publicUrl, trustedProxies, uploads, text);
    }

    private static boolean isHttp(URI url) {
        return "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    }
}
