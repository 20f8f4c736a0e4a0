/**
 * Packages, keys, clocks and fixtures for the tests of every module; test scope only.
 *
 * <p>{@link dev.bulla.testkit.Packages} makes small real packages in both formats, whose bytes depend on nothing but
 * what was asked for, and can spoil each part of them. {@link dev.bulla.testkit.TarBytes} and
 * {@link dev.bulla.testkit.ZipBytes} write archives member by member, also such as no tool would write: they share no
 * code with the readers under test. Whatever must always be tested comes from here; {@link dev.bulla.testkit.Fixtures}
 * finds the real packages of other projects and skips the test, visibly, where they are absent.
 */
@NullMarked
package dev.bulla.testkit;

import org.jspecify.annotations.NullMarked;
