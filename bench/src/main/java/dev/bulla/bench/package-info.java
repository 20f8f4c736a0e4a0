/**
 * Whole-process work for the commands in {@code bench/}, each beside a peer's.
 *
 * <p>A main class here does one piece of work with the product's own parts and prints one line; the scripts measure it
 * from outside. Nothing here is part of the product.
 */
@NullMarked
package dev.bulla.bench;

import org.jspecify.annotations.NullMarked;
