/**
 * What publishers and operators ask by program: JSON in and out under {@code /api/v1}, described in
 * {@code openapi.json} beside this package.
 *
 * <p>Uploads are in prefix.dev's shape: multipart with one part {@code file} whose own headers carry
 * {@code X-File-Name} and {@code X-File-SHA256}, or the bare bytes with these headers on the request. Bytes go from the
 * socket to the channel as they come; nothing here holds more than one network buffer of them, whatever the size.
 * A file name is for ever: {@code ?force=true} is understood and changes nothing.
 */
@NullMarked
package dev.bulla.server.api;

import org.jspecify.annotations.NullMarked;
