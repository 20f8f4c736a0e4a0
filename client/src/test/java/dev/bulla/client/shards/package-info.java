/** Tests of this package through its public face. */
@NullMarked
package dev.bulla.client.shards;

import org.jspecify.annotations.NullMarked;
