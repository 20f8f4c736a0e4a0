/**
 * The server from outside, in ways that take minutes: killed at any moment, told to stop, given files of gigabytes, out
 * of space. Rules: nothing is known of it but its process, its answers and its folder; what is random prints its seed;
 * nothing sleeps to be in time. All are tagged {@code slow} and run only with {@code mvn verify -P slow -pl cli -am}.
 * Start at {@link dev.bulla.cli.slow.KillTest}.
 */
@NullMarked
package dev.bulla.cli.slow;

import org.jspecify.annotations.NullMarked;
