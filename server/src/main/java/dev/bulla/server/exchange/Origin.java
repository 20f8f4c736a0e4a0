package dev.bulla.server.exchange;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Where people reach this server: the configured public URL, else what a trusted proxy says in {@code X-Forwarded-Proto}
 * and {@code X-Forwarded-Host}, else what the request itself was sent to. Anyone else's {@code X-Forwarded-…} is not
 * looked at.
 */
public final class Origin {
    private static final Pattern HOST = Pattern.compile("[0-9A-Za-z.\\-\\[\\]:]{1,255}");

    private final @Nullable String publicUrl;
    private final List<AddressRange> trustedProxies;

    /** An origin for a server with this configuration. */
    public Origin(@Nullable URI publicUrl, List<AddressRange> trustedProxies) {
        this.publicUrl = publicUrl == null ? null : withoutSlash(publicUrl.toString());
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /** The origin as this request sees it, without a slash at the end. */
    String of(Request request) {
        if (publicUrl != null) {
            return publicUrl;
        }
        var uri = request.getHttpURI();
        var scheme = uri.getScheme() == null ? "http" : uri.getScheme();
        var host = uri.getAuthority() == null ? "localhost" : uri.getAuthority();
        if (comesFromTrustedProxy(request)) {
            var forwardedScheme = request.getHeaders().get("X-Forwarded-Proto");
            var forwardedHost = request.getHeaders().get("X-Forwarded-Host");
            scheme = "https".equals(forwardedScheme) || "http".equals(forwardedScheme) ? forwardedScheme : scheme;
            host = forwardedHost != null && HOST.matcher(forwardedHost).matches() ? forwardedHost : host;
        }
        return scheme + "://" + host;
    }

    private boolean comesFromTrustedProxy(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                && remote.getAddress() != null
                && trustedProxies.stream().anyMatch(range -> range.contains(remote.getAddress()));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
