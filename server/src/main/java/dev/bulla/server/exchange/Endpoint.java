package dev.bulla.server.exchange;

import java.io.IOException;

/** What one address does: reads the exchange, calls the domain once, says what to answer. */
@FunctionalInterface
public interface Endpoint {
    /**
     * The answer to a request.
     *
     * @throws dev.bulla.problem.ProblemException to refuse
     * @throws IOException when a disk failed, or the client went away while its body was read
     */
    Answer answer(Exchange exchange) throws IOException;
}
