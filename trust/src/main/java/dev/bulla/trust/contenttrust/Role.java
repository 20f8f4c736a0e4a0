package dev.bulla.trust.contenttrust;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The three roles of content trust 0.6.0. */
public enum Role {
    /** Names itself and key_mgr; offline; versions chain one by one. */
    ROOT("root"),
    /** Names the package keys. */
    KEY_MGR("key_mgr"),
    /** Signs package records; names nobody. A file of its own for libmamba only. */
    PKG_MGR("pkg_mgr");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** The role of this name in metadata. */
    public static Optional<Role> of(String text) {
        return Arrays.stream(values()).filter(role -> role.text.equals(text)).findFirst();
    }

    /** Its name in metadata: {@code root}, {@code key_mgr}, {@code pkg_mgr}. */
    public String text() {
        return text;
    }

    /** The roles that metadata of this role delegates to: all of them, and no others. */
    public Set<Role> delegates() {
        return switch (this) {
            case ROOT -> Set.of(ROOT, KEY_MGR);
            case KEY_MGR -> Set.of(PKG_MGR);
            case PKG_MGR -> Set.of();
        };
    }

    /**
     * The name of the file of this role and version: {@code 7.root.json}, {@code key_mgr.json}, {@code pkg_mgr.json}.
     */
    public String fileName(int version) {
        return this == ROOT ? version + ".root.json" : text + ".json";
    }

    @Override
    public String toString() {
        return text;
    }
}
