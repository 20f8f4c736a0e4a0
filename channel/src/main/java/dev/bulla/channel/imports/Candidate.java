package dev.bulla.channel.imports;

import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.store.Incoming;
import dev.bulla.channel.store.Received;
import dev.bulla.conda.name.ArchiveName;

/**
 * A file that has arrived whole.
 *
 * @param path as it was given
 * @param place where it is to be
 * @param name under which name
 * @param incoming holds the file until it is kept
 * @param received its bytes
 */
record Candidate(String path, Place place, ArchiveName name, Incoming incoming, Received received) {}
