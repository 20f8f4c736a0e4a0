/**
 * One request and its answer: the seam to the HTTP library.
 *
 * <p>An {@link dev.bulla.server.exchange.Endpoint} reads an {@link dev.bulla.server.exchange.Exchange} and returns an
 * {@link dev.bulla.server.exchange.Answer}; it never writes to the network, so HEAD is answered by the endpoint of GET
 * and only the sending differs. To refuse, it throws: what is thrown becomes an RFC 9457 document in one place,
 * {@link dev.bulla.server.exchange.ProblemDocument}. Paths are decoded once and strictly by
 * {@link dev.bulla.server.exchange.RequestPath}, which also takes the {@code /t/<token>/} prefix off.
 */
@NullMarked
package dev.bulla.server.exchange;

import org.jspecify.annotations.NullMarked;
