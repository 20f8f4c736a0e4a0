package dev.bulla.channel.store;

/**
 * The right to work on a job for a while.
 *
 * @param job the job
 * @param revision which request of it this answers
 * @param attempt the how-many-eth since it last succeeded, from 1
 */
record Lease(Job job, long revision, long attempt) {}
