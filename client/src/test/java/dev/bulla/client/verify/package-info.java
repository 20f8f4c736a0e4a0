/** Tests of this package through its public face. */
@NullMarked
package dev.bulla.client.verify;

import org.jspecify.annotations.NullMarked;
