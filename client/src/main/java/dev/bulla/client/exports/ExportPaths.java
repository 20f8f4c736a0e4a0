package dev.bulla.client.exports;

import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import java.util.ArrayList;
import java.util.List;

/**
 * The paths of what an export has, the same in the folder and below the channel's address.
 *
 * @param label whose lists
 */
record ExportPaths(Label label) {
    static final String LIBMAMBA = "libmamba/";
    static final List<String> VIEWS = List.of("", LIBMAMBA);
    static final String SHARDS = "repodata_shards.msgpack.zst";

    private static final List<String> FORMS = List.of(
            "repodata.json",
            "repodata.json.zst",
            "run_exports.json",
            "run_exports.json.zst",
            "repodata_from_packages.json",
            "repodata_from_packages.json.zst",
            "patch_instructions.json");
    private static final List<String> OF_CHANNEL = List.of("channeldata.json", "rss.xml", "notices.json");

    /** The folder of a subdir in a view. */
    String folder(String view, Subdir subdir) {
        return view + labelled() + subdir + "/";
    }

    /** The index files that a subdir may have in both views; shards are in conda's only. */
    List<String> lists(Subdir subdir) {
        var paths = new ArrayList<String>();
        VIEWS.forEach(view -> FORMS.forEach(form -> paths.add(folder(view, subdir) + form)));
        paths.add(folder("", subdir) + SHARDS);
        return paths;
    }

    /** What may be said about the whole channel. */
    List<String> ofChannel() {
        var paths = new ArrayList<String>();
        VIEWS.forEach(view -> OF_CHANNEL.forEach(name -> paths.add(view + labelled() + name)));
        return paths;
    }

    /** The folders of trust files: conda's and libmamba's. */
    List<String> trust() {
        return List.of("content-trust/", LIBMAMBA + labelled());
    }

    private String labelled() {
        return label.equals(Label.MAIN) ? "" : "label/" + label + "/";
    }
}
