package dev.bulla.server.http;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.Origin;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP library, set up: one connector, few threads that watch sockets, and a virtual thread for each request.
 * Request heads are limited to 16 KiB, silent connections are closed, and no answer names the software.
 */
public final class HttpServer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int ACCEPT_QUEUE = 1024;
    private static final int WATCHING_THREADS = 32;

    private final Server server;
    private final ServerConnector connector;
    private final Listen listen;
    private final AccessLog accessLog;

    private HttpServer(Listen listen, Routes routes, Origin origin, Clock clock) {
        this.listen = listen;
        var threads = new QueuedThreadPool(WATCHING_THREADS);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server = new Server(threads);
        connector = connector(listen);
        server.addConnector(connector);
        var sending = new Sending();
        server.setHandler(new GracefulHandler(new Dispatcher(routes, origin, new RequestIds(clock), sending)));
        server.setErrorHandler(new ProblemPages(sending));
        accessLog = new AccessLog();
        server.setRequestLog(accessLog);
    }

    /**
     * Listens and answers from here on.
     *
     * @throws ProblemException {@code PORT_IN_USE}, or {@code BAD_CONFIG} when there is no such interface or the TLS files
     *     cannot be used
     */
    public static HttpServer start(Listen listen, Routes routes, Origin origin, Clock clock) {
        var http = new HttpServer(listen, routes, origin, clock);
        try {
            http.server.start();
            return http;
        } catch (Exception e) {
            http.stop(Duration.ZERO);
            throw http.cannotListen(e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** The address without a path, as seen from the interface it listens on. */
    public String url() {
        var host = listen.host().contains(":") ? "[" + listen.host() + "]" : listen.host();
        return (listen.tls() == null ? "http" : "https") + "://" + host + ":" + port();
    }

    /** Takes no more connections, lets what is being answered end for that long, and stops. */
    public void stop(Duration most) {
        server.setStopTimeout(most.toMillis());
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.info("stopped; answers that did not end in time were cut off waited_ms={}", most.toMillis());
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop in order", e);
        } finally {
            accessLog.close();
        }
    }

    private ServerConnector connector(Listen listen) {
        var made = new ServerConnector(server, Protocols.of(listen.tls()));
        made.setHost(listen.host());
        made.setPort(listen.port());
        made.setIdleTimeout(listen.idle().toMillis());
        made.setAcceptQueueSize(ACCEPT_QUEUE); // The JDK's 50 resets some of 200 clients that come at once.
        return made;
    }

    private RuntimeException cannotListen(Exception e) {
        if (e instanceof ProblemException problem) {
            return problem;
        }
        var cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof BindException && isHere(listen.host())) {
            return new ProblemException(
                    Code.PORT_IN_USE, "Port " + listen.port() + " of " + listen.host() + " is taken.", e);
        }
        if (cause instanceof SocketException || cause instanceof UnresolvedAddressException) {
            return new ProblemException(
                    Code.BAD_CONFIG,
                    "Port " + listen.port() + " of " + listen.host() + " cannot be listened on: "
                            + (cause instanceof UnresolvedAddressException ? "no such host" : cause.getMessage()),
                    e);
        }
        return new IllegalStateException("the HTTP server did not start", e);
    }

    private static boolean isHere(String host) {
        try {
            var address = new InetSocketAddress(host, 0).getAddress();
            return address != null
                    && (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null);
        } catch (SocketException e) {
            LOG.warn("the interfaces of this machine cannot be listed", e);
            return false;
        }
    }
}
