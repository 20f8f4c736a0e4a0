/**
 * Records, and the {@code repodata.json} that lists them (CEP 36), read and written as streams.
 *
 * <p>A {@link dev.bulla.conda.repodata.PackageRecord} is what an index says about one package:
 * {@code {"build":"0","build_number":0,"depends":[],"indexed_timestamp":1767225600000,"md5":"…","name":"zlib",…}}.
 * An index is {@code {"info":{"subdir":"noarch"},"packages":{"zlib-1.3-0.tar.bz2":{…}},"packages.conda":{…},
 * "removed":[],"repodata_version":1,"signatures":{"zlib-1.3-0.tar.bz2":{…}}}}. Signatures cover a record's value, so
 * {@link dev.bulla.conda.repodata.RepodataReader} hands out each record's own bytes and
 * {@link dev.bulla.conda.repodata.RepodataWriter} writes bytes as they are given: nothing is parsed and printed again
 * in between. Neither holds more than one record in memory.
 */
@NullMarked
package dev.bulla.conda.repodata;

import org.jspecify.annotations.NullMarked;
