package dev.bulla.trust.contenttrust;

/**
 * The highest versions that a client has trusted so far; what it keeps between runs, so that nobody can show it an
 * older world. 0 means none yet.
 *
 * @param root of the root
 * @param keyMgr of key_mgr
 * @param pkgMgr of pkg_mgr
 */
public record SeenVersions(int root, int keyMgr, int pkgMgr) {
    /** Of a client that runs for the first time. */
    public static final SeenVersions NONE = new SeenVersions(0, 0, 0);

    /** Checks the ranges. */
    public SeenVersions {
        if (root < 0 || keyMgr < 0 || pkgMgr < 0) {
            throw new IllegalArgumentException("a version below 0");
        }
    }

    int of(Role role) {
        return switch (role) {
            case ROOT -> root;
            case KEY_MGR -> keyMgr;
            case PKG_MGR -> pkgMgr;
        };
    }

    SeenVersions with(Role role, int version) {
        return switch (role) {
            case ROOT -> new SeenVersions(version, keyMgr, pkgMgr);
            case KEY_MGR -> new SeenVersions(root, version, pkgMgr);
            case PKG_MGR -> new SeenVersions(root, keyMgr, version);
        };
    }
}
