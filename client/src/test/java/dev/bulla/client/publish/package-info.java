/** Tests of this package through its public face. */
@NullMarked
package dev.bulla.client.publish;

import org.jspecify.annotations.NullMarked;
