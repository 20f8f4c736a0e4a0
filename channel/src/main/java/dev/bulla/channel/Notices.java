package dev.bulla.channel;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.Notice;
import dev.bulla.channel.ledger.Action;
import dev.bulla.channel.ledger.Entry;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a channel says to its users, and {@code notices.json} (CEP 6), in which they read it.
 *
 * @param foundation what channels stand on
 * @param channel which one
 */
record Notices(Foundation foundation, ChannelName channel) {
    static final String FILE = "notices.json";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    /** Those that have not expired, the oldest first. */
    List<Notice> list() {
        var now = foundation.clock().instant();
        return foundation.database().read(handle -> Catalog.notices(handle, channel, now));
    }

    void set(Notice notice, ApiToken token) {
        var entry = entry(Action.NOTICE_SET, notice.id(), token)
                .saying(notice.level().text() + " until " + notice.expiresAt() + ": " + notice.message());
        foundation.database().change(handle -> {
            Catalog.setNotice(handle, channel, notice);
            Journal.append(handle, entry);
        });
        LOG.info("notice set channel={} id={} level={} token={}", channel, notice.id(), notice.level(), token.id());
    }

    void remove(String id, ApiToken token) {
        Notice.requireId(id);
        foundation.database().change(handle -> {
            if (!Catalog.removeNotice(handle, channel, id)) {
                throw new ProblemException(Code.NOT_HERE, channel + " has no notice " + id);
            }
            Journal.append(handle, entry(Action.NOTICE_REMOVED, id, token));
        });
        LOG.info("notice removed channel={} id={} token={}", channel, id, token.id());
    }

    private Entry entry(Action action, String id, ApiToken token) {
        return Entry.of(foundation.clock().instant(), action, channel.text(), id)
                .by(token.id());
    }

    ServedFile file() {
        var notices = list();
        var all = notices.stream().map(notice -> (Json) json(notice)).toList();
        var document = JsonObject.of("notices", new JsonArray(all)).compact();
        return ServedFiles.ofChannel(
                channel + " " + FILE, document, foundation.clock().instant());
    }

    private static JsonObject json(Notice notice) {
        return JsonObject.builder()
                .put("id", notice.id())
                .put("message", notice.message())
                .put("level", notice.level().text())
                .put("created_at", time(notice.createdAt()))
                .put("expires_at", time(notice.expiresAt()))
                .build();
    }

    /** With an offset of digits: not every Python that runs conda reads a {@code Z}. */
    private static String time(Instant instant) {
        return TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
}
