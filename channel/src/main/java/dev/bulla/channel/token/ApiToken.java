package dev.bulla.channel.token;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential that was presented and is good now.
 *
 * @param id its name in records and logs; not secret
 * @param name what people call it
 * @param admin whether everything is allowed with it
 * @param reads the channel that may be read with it, if that is all it is for
 * @param createdAt since when it is good
 */
public record ApiToken(
        String id, String name, boolean admin, @Nullable ChannelName reads, Instant createdAt) {
    /** Whether a channel that is not public may be read with it. */
    public boolean mayRead(ChannelName channel) {
        return admin || channel.equals(reads);
    }

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
