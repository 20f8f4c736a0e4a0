package dev.bulla.trust.contenttrust;

import dev.bulla.trust.json.Dialect;
import java.time.Instant;

/**
 * What holds for one whole run of verification.
 *
 * @param dialect whose files and signatures are looked at
 * @param now the one reference time: everything is fresh or expired as of it
 * @param seen the versions trusted in earlier runs
 */
public record VerificationRun(Dialect dialect, Instant now, SeenVersions seen) {}
