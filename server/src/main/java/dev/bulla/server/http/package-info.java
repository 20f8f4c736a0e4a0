/**
 * The door: which address does what, who may call from where, and how an answer goes out.
 *
 * <p>{@link dev.bulla.server.http.Routes} lists every address. {@link dev.bulla.server.http.Dispatcher} is the one place
 * where a request is matched, a thrown problem becomes a document and an answer is sent; HEAD is answered as GET is,
 * without the bytes. {@link dev.bulla.server.http.Protocols} is what the port speaks. A refused upload is answered at once, then the connection is half closed and what the client still
 * sends is read and forgotten for a bounded time, or the answer would be lost with the connection. Paths in the log have
 * their tokens masked, and no address of a client is ever written.
 */
@NullMarked
package dev.bulla.server.http;

import org.jspecify.annotations.NullMarked;
