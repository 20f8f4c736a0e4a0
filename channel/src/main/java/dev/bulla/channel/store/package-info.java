/**
 * What is durable, and how: the database, the bytes, the jobs and the lock of a data folder.
 *
 * <p>{@link dev.bulla.channel.store.Database} has one writer with group commit and many readers;
 * {@link dev.bulla.channel.store.Blobs} keeps bytes under their SHA-256; {@link dev.bulla.channel.store.JobQueue} keeps
 * work that a committed change has promised. Every effect on files goes through {@link dev.bulla.channel.store.Disk},
 * so that a test can stop the world between any two of them. Rule: bytes are durable before a row names them as
 * published, and a job is committed with the change that causes it. Times are microseconds since 1970 in BIGINT columns.
 * SQL lives here and in classes named {@code …Table}, each table in exactly one of them.
 */
@NullMarked
package dev.bulla.channel.store;

import org.jspecify.annotations.NullMarked;
