/** Tests of this package through its public face. */
@NullMarked
package dev.bulla.client.setup;

import org.jspecify.annotations.NullMarked;
