/**
 * The HTTP server: URLs, status codes and headers around {@code dev.bulla.channel}, and no rule of its own.
 *
 * <p>Start with {@link dev.bulla.server.BullaServer}, then {@link dev.bulla.server.http.Routes}. Packages depend on each
 * other in one direction: this one on {@code http}, {@code http} on {@code files} and {@code api}, all on
 * {@code exchange}. Code blocks; every request has a virtual thread of its own.
 */
@NullMarked
package dev.bulla.server;

import org.jspecify.annotations.NullMarked;
