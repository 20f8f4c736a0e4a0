/** Tests of this package through its public face. */
@NullMarked
package dev.bulla.client.update;

import org.jspecify.annotations.NullMarked;
