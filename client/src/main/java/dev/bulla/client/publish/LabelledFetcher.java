package dev.bulla.client.publish;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.Fetched;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.Head;
import dev.bulla.client.fetch.Limit;
import dev.bulla.conda.name.Label;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is asked for from where a label shows it: {@code noarch/…} from {@code label/L/noarch/…}, {@code
 * libmamba/noarch/…} from {@code libmamba/label/L/noarch/…}.
 *
 * @param fetcher the door to the channel
 * @param channel whose address all that is asked for begins with
 * @param label whose indexes are read
 */
record LabelledFetcher(Fetcher fetcher, ChannelUrl channel, Label label) implements Fetcher {
    private static final String LIBMAMBA = "libmamba/";

    @Override
    public <T> Optional<T> get(URI uri, Limit limit, Fetched.Reader<T> reader) {
        return fetcher.get(labelled(uri), limit, reader);
    }

    @Override
    public Optional<Head> head(URI uri) {
        return fetcher.head(labelled(uri));
    }

    @Override
    public List<String> subdirNames() {
        return fetcher.subdirNames();
    }

    private URI labelled(URI uri) {
        var base = channel.uri() + "/";
        var path = uri.toString().substring(base.length());
        var view = path.startsWith(LIBMAMBA) ? LIBMAMBA : "";
        return URI.create(base + view + "label/" + label + "/" + path.substring(view.length()));
    }
}
