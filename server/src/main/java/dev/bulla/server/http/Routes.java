package dev.bulla.server.http;

import dev.bulla.problem.Code;
import dev.bulla.server.api.ChannelApis;
import dev.bulla.server.api.ImportApi;
import dev.bulla.server.api.StatusApi;
import dev.bulla.server.api.UploadApi;
import dev.bulla.server.exchange.Refusal;
import dev.bulla.server.files.ChannelFiles;
import dev.bulla.trust.json.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Every address that Bulla answers. The first route that fits counts, so fixed words stand before parameters. Any of
 * them may also be reached under {@code /t/<token>/}.
 */
public final class Routes {
    private static final Optional<Map<String, String>> NO_MATCH = Optional.empty();

    private final List<Route> all;

    /** First words that are addresses of the server's own and no channel's. */
    private final Set<String> ownWords;

    Routes(List<Route> all) {
        this.all = List.copyOf(all);
        this.ownWords =
                all.stream().flatMap(route -> route.firstWord().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The table. */
    public static Routes of(
            ChannelFiles files, UploadApi uploads, ChannelApis apis, ImportApi imports, StatusApi status) {
        var conda = files.inSubdir(Dialect.CONDA);
        var libmamba = files.inSubdir(Dialect.LIBMAMBA);
        return new Routes(List.of(
                Route.of("GET", "/healthz", status::health),
                Route.of("GET", "/readyz", status::readiness),
                Route.of("GET", "/api/v1/openapi.json", status::description),
                Route.of("GET", "/api/v1/status", status::status),
                Route.of("GET", "/api/v1/whoami", status::whoami),
                Route.of("GET", "/api/v1/channels", apis.channels()::list),
                Route.of("POST", "/api/v1/channels", apis.channels()::create),
                Route.of("DELETE", "/api/v1/tokens/{id}", apis.tokens()::revoke),
                Route.of("POST", "/api/v1/channels/{channel}/tokens", apis.tokens()::create),
                Route.of("PUT", "/api/v1/channels/{channel}/visibility", apis.channels()::setVisibility),
                Route.of("GET", "/api/v1/channels/{channel}", apis.channels()::show),
                Route.of("PUT", "/api/v1/channels/{channel}/root", apis.channels()::importRoot),
                Route.of("POST", "/api/v1/channels/{channel}/yank", apis.yanks()::yank),
                Route.of("POST", "/api/v1/channels/{channel}/restore", apis.yanks()::restore),
                Route.of("POST", "/api/v1/channels/{channel}/label", apis.labels()::label),
                Route.of("POST", "/api/v1/channels/{channel}/unlabel", apis.labels()::unlabel),
                Route.of("GET", "/api/v1/channels/{channel}/stats", apis.statistics()::get),
                Route.of("PUT", "/api/v1/channels/{channel}/patches/{subdir}", apis.patches()::put),
                Route.of("PUT", "/api/v1/channels/{channel}/notices/{id}", apis.notices()::put),
                Route.of("DELETE", "/api/v1/channels/{channel}/notices/{id}", apis.notices()::delete),
                Route.of("POST", "/api/v1/channels/{channel}/import", imports::take),
                Route.of("POST", "/api/v1/channels/{channel}/import/known", imports::known),
                Route.of("GET", "/api/v1/channels/{channel}/payloads", imports::payloads),
                Route.of("GET", "/api/v1/channels/{channel}/artifacts/{subdir}/{file}", imports::artifact),
                Route.of("POST", "/api/v1/upload/{channel}", uploads::upload),
                Route.of("GET", "/{channel}/notices.json", files.ofChannel("notices.json")),
                Route.of("GET", "/{channel}/label/{label}/notices.json", files.ofChannel("notices.json")),
                Route.of("GET", "/{channel}/libmamba/notices.json", files.ofChannel("notices.json")),
                Route.of("GET", "/{channel}/libmamba/label/{label}/notices.json", files.ofChannel("notices.json")),
                Route.of("GET", "/{channel}/channeldata.json", files.ofChannel("channeldata.json")),
                Route.of("GET", "/{channel}/label/{label}/channeldata.json", files.ofChannel("channeldata.json")),
                Route.of("GET", "/{channel}/libmamba/channeldata.json", files.ofChannel("channeldata.json")),
                Route.of(
                        "GET",
                        "/{channel}/libmamba/label/{label}/channeldata.json",
                        files.ofChannel("channeldata.json")),
                Route.of("GET", "/{channel}/rss.xml", files.ofChannel("rss.xml")),
                Route.of("GET", "/{channel}/label/{label}/rss.xml", files.ofChannel("rss.xml")),
                Route.of("GET", "/{channel}/libmamba/rss.xml", files.ofChannel("rss.xml")),
                Route.of("GET", "/{channel}/libmamba/label/{label}/rss.xml", files.ofChannel("rss.xml")),
                Route.of("GET", "/{channel}/content-trust/{file}", files.trust(Dialect.CONDA)),
                Route.of("GET", "/{channel}/libmamba/{file}", files.trust(Dialect.LIBMAMBA)),
                Route.of("GET", "/{channel}/libmamba/label/{label}/{file}", files.trust(Dialect.LIBMAMBA)),
                Route.of("GET", "/{channel}/libmamba/{subdir}/{file}", libmamba),
                Route.of("GET", "/{channel}/libmamba/label/{label}/{subdir}/{file}", libmamba),
                Route.of("GET", "/{channel}/{subdir}/{file}", conda),
                Route.of("GET", "/{channel}/{subdir}/shards/{file}", files::shard),
                Route.of("GET", "/{channel}/label/{label}/{subdir}/shards/{file}", files::shard),
                Route.of("GET", "/{channel}/label/{label}/{subdir}/{file}", conda)));
    }

    List<Route> all() {
        return all;
    }

    /** A route and what its parameters stand for. */
    record Match(Route route, Map<String, String> parameters) {}

    /**
     * The route of this request.
     *
     * @throws Refusal {@code NOT_HERE}, or {@code METHOD_NOT_ALLOWED} with the methods that the address takes
     */
    Match match(String method, List<String> path) {
        var allowed = new TreeSet<String>();
        for (var route : all) {
            var parameters = isOwnWord(path) && route.firstWord().isEmpty() ? NO_MATCH : route.match(path);
            if (parameters.isEmpty()) {
                continue;
            }
            if (route.answers(method)) {
                return new Match(route, parameters.get());
            }
            allowed.addAll(route.methods());
        }
        if (allowed.isEmpty()) {
            throw Refusal.of(Code.NOT_HERE, "There is nothing at this address.");
        }
        var allow = String.join(", ", allowed);
        throw Refusal.of(
                Code.METHOD_NOT_ALLOWED,
                "This address takes " + allow + ", not " + method + ".",
                new HttpField(HttpHeader.ALLOW, allow));
    }

    private boolean isOwnWord(List<String> path) {
        return !path.isEmpty() && ownWords.contains(path.getFirst());
    }
}
