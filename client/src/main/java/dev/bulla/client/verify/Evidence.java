package dev.bulla.client.verify;

import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.keys.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a package was verified against.
 *
 * @param rootVersion of the newest root, reached from the pinned one
 * @param views one for each view that was verified, at least one
 * @param sizeBytes of the artifact, as signed
 * @param sha256 of the artifact, as signed
 * @param artifactChecked true when the artifact's own bytes had that size and digest
 */
public record Evidence(int rootVersion, List<View> views, long sizeBytes, String sha256, boolean artifactChecked) {
    /** Copies. */
    public Evidence {
        views = List.copyOf(views);
    }

    /**
     * What was seen in one view.
     *
     * @param view whose signatures
     * @param keyMgrVersion the file that names the package keys
     * @param signers those who signed, at least {@code threshold}
     * @param threshold how many had to
     * @param keys how many could have
     */
    public record View(Dialect view, int keyMgrVersion, List<PublicKey> signers, int threshold, int keys) {
        /** Copies. */
        public View {
            signers = List.copyOf(signers);
        }

        @Override
        public String toString() {
            return view.name().toLowerCase(Locale.ROOT) + " key_mgr v" + keyMgrVersion + ", " + signers.size() + " of "
                    + keys + " keys";
        }
    }

    /** The same with the artifact's bytes checked. */
    Evidence withArtifact() {
        return new Evidence(rootVersion, views, sizeBytes, sha256, true);
    }

    /** As people read it: {@code root v3, conda key_mgr v7, 1 of 1 keys, artifact sha256 5f…}. */
    @Override
    public String toString() {
        return "root v" + rootVersion + ", "
                + views.stream().map(View::toString).collect(Collectors.joining(", "))
                + (artifactChecked ? ", artifact" : ", record of") + " sha256 " + sha256;
    }
}
