/** Tests of this package through its public face. */
@NullMarked
package dev.bulla.client.exports;

import org.jspecify.annotations.NullMarked;
