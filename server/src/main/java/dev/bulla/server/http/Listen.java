package dev.bulla.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens.
 *
 * @param host the address or name of an interface; {@code 0.0.0.0} for all
 * @param port 0 for any that is free
 * @param tls the files for HTTPS; absent for HTTP
 * @param idle how long a connection may be silent, between requests or within one
 */
public record Listen(String host, int port, @Nullable Tls tls, Duration idle) {
    /** Loopback, port 8080, HTTP, 30 s. */
    public static final Listen DEFAULT = new Listen("127.0.0.1", 8080, null, Duration.ofSeconds(30));

    /** Checks the port. */
    public Listen {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }
}
