/** A remote that a test holds in its hand: a loopback server whose every answer can be edited. */
@NullMarked
package dev.bulla.client.remote;

import org.jspecify.annotations.NullMarked;
