/** The door out, against a server that misbehaves. */
@NullMarked
package dev.bulla.client.fetch;

import org.jspecify.annotations.NullMarked;
