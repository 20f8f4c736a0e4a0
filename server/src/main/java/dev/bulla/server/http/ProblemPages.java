package dev.bulla.server.http;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.ProblemDocument;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * What is answered when the HTTP library itself refuses a request before any route sees it: broken or oversized heads,
 * ambiguous paths, a server that is stopping. Its status stays; the document is of our shape.
 */
public final class ProblemPages implements Request.Handler {
    private final Sending sending;

    /** Pages sent like every other answer. */
    public ProblemPages(Sending sending) {
        this.sending = sending;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int status = request.getAttribute(ErrorHandler.ERROR_STATUS) instanceof Integer known ? known : 500;
        var problem = new ProblemException(code(status), detail(request, status));
        sending.send(ProblemDocument.of(problem, status, RequestIds.of(request)), request, response, callback);
        return true;
    }

    private static Code code(int status) {
        if (status == HttpStatus.NOT_FOUND_404) {
            return Code.NOT_HERE;
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
            return Code.SHUTTING_DOWN;
        }
        return HttpStatus.isClientError(status) ? Code.BAD_REQUEST : Code.INTERNAL_ERROR;
    }

    /** Only words of ours: the library's message may quote what was sent. */
    private static String detail(Request request, int status) {
        return switch (code(status)) {
            case NOT_HERE -> "There is nothing at this address.";
            case SHUTTING_DOWN -> "The server is stopping.";
            case BAD_REQUEST -> "The request cannot be understood: " + HttpStatus.getMessage(status) + ".";
            default -> "A fault of the server; its log names it " + RequestIds.of(request) + ".";
        };
    }
}
