package dev.bulla.server.http;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is spoken on the port. In clear text: HTTP/1.1, and HTTP/2 to clients that begin with it or ask for the upgrade
 * (RFC 7540, 3.2 and 3.4). Under TLS: what ALPN settles, HTTP/2 first; without ALPN HTTP/1.1. Both have the same limits.
 */
final class Protocols {
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int INPUT_BUFFER_BYTES = 64 * 1024;

    /** What RFC 9113, 6.5.2 recommends not to go below. */
    private static final int STREAMS_OF_CONNECTION = 100;

    private Protocols() {}

    /** The first of these meets each connection. */
    static ConnectionFactory[] of(@Nullable Tls tls) {
        var http1 = new HttpConnectionFactory(configuration(tls != null));
        if (tls == null) {
            var clear = new ClearText(http1.getHttpConfiguration());
            clear.setMaxConcurrentStreams(STREAMS_OF_CONNECTION);
            return new ConnectionFactory[] {http1, clear};
        }
        var http2 = new HTTP2ServerConnectionFactory(http1.getHttpConfiguration());
        http2.setMaxConcurrentStreams(STREAMS_OF_CONNECTION);
        var alpn = new ALPNServerConnectionFactory(http2.getProtocol(), http1.getProtocol());
        alpn.setDefaultProtocol(http1.getProtocol());
        var context = tls.contextFactory();
        context.setCipherComparator(HTTP2Cipher.COMPARATOR); // RFC 9113, 9.2.2 forbids some to HTTP/2.
        return new ConnectionFactory[] {new SslConnectionFactory(context, alpn.getProtocol()), alpn, http2, http1};
    }

    private static HttpConfiguration configuration(boolean tls) {
        var configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(HEAD_BYTES);
        configuration.setInputBufferSize(INPUT_BUFFER_BYTES);
        configuration.setSendServerVersion(false);
        if (tls) {
            // Channels are reached by many names and addresses; which one a client verifies is the client's matter.
            configuration.addCustomizer(new SecureRequestCustomizer(false));
        }
        return configuration;
    }

    /** A request with a body stays in HTTP/1.1: the upgrade would come before the body has been read. */
    private static final class ClearText extends HTTP2CServerConnectionFactory {
        ClearText(HttpConfiguration configuration) {
            super(configuration);
        }

        @Override
        public @Nullable Connection upgradeConnection(
                Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
            var headers = request.getHttpFields();
            boolean hasBody = headers.contains(HttpHeader.TRANSFER_ENCODING)
                    || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
            return hasBody ? null : super.upgradeConnection(connector, endPoint, request, response);
        }
    }
}
