package dev.bulla.server.http;

import dev.bulla.channel.store.DiskTrouble;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.server.exchange.Origin;
import dev.bulla.server.exchange.ProblemDocument;
import dev.bulla.server.exchange.RequestPath;
import java.io.IOException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, asks its endpoint, and sends the answer or the problem. */
public final class Dispatcher extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Routes routes;
    private final Origin origin;
    private final RequestIds ids;
    private final Sending sending;

    /** A dispatcher for these routes. */
    public Dispatcher(Routes routes, Origin origin, RequestIds ids, Sending sending) {
        this.routes = routes;
        this.origin = origin;
        this.ids = ids;
        this.sending = sending;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var id = ids.assign(request);
        // A silent connection is only a fault while bytes are awaited or sent; checking a large package takes its time.
        request.addIdleTimeoutListener(_ -> false);
        var answer = answer(request, id);
        if (Drain.isNeeded(request)) {
            sendAndDrain(answer, request, response, callback);
        } else {
            send(answer, request, response, callback);
        }
        return true;
    }

    private Answer answer(Request request, String id) {
        try {
            var path = RequestPath.parse(request.getHttpURI().getPath());
            var match = routes.match(request.getMethod(), path.segments());
            return match.route().endpoint().answer(new Exchange(request, path, match.parameters(), id, origin));
        } catch (ProblemException e) {
            return refused(e, id);
        } catch (IOException | RuntimeException e) {
            return failed(e, id);
        }
    }

    private static Answer refused(ProblemException e, String id) {
        if (ProblemDocument.isOurFault(e)) {
            LOG.error("failed: {} request={}", e.problem(), id, e);
        } else {
            LOG.debug("refused: {} request={}", e.problem(), id);
        }
        return ProblemDocument.of(e, id);
    }

    private static Answer failed(Exception e, String id) {
        LOG.error("failed request={}", id, e);
        var problem = DiskTrouble.of(e)
                .orElseGet(
                        () -> new Problem(Code.INTERNAL_ERROR, "A fault of the server; its log names it " + id + "."));
        return ProblemDocument.of(new ProblemException(problem.code(), problem.detail()), id);
    }

    private void send(Answer answer, Request request, Response response, Callback callback) throws IOException {
        try {
            sending.send(answer, request, response, callback);
        } catch (IOException e) {
            // The file of the answer could not be opened, and nothing has been sent.
            sending.send(failed(e, RequestIds.of(request)), request, response, callback);
        }
    }

    /**
     * With {@code Connection: close} the library half-closes after the answer; the rest closes with the callback. An
     * HTTP/2 stream ends its half with the answer anyway, and its neighbours go on.
     */
    private void sendAndDrain(Answer answer, Request request, Response response, Callback callback) throws Exception {
        if (request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion()) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        try (var sent = Blocker.callback()) {
            send(answer, request, response, sent);
            sent.block();
        }
        Drain.run(request);
        callback.succeeded();
    }
}
