package dev.bulla.channel.token;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.time.Instant;

/**
 * A credential that was presented and is good now.
 *
 * @param id its name in records and logs; not secret
 * @param name what people call it
 * @param admin whether everything is allowed with it
 * @param createdAt since when it is good
 */
public record ApiToken(String id, String name, boolean admin, Instant createdAt) {
    /**
     * Refuses what only the admin may do.
     *
     * @throws ProblemException {@link Code#SCOPE_DENIED}
     */
    public void requireAdmin() {
        if (!admin) {
            throw new ProblemException(Code.SCOPE_DENIED, "the token " + id + " is not the admin's");
        }
    }
}
