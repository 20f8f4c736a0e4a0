package dev.bulla.channel.index;

import dev.bulla.channel.catalog.IndexUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was seen in one unit's folder. Not safe to share. */
public final class UnitReport {
    private final IndexUnit unit;
    private final List<String> damages = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Path> wrong = new LinkedHashSet<>();
    private long files;

    UnitReport(IndexUnit unit) {
        this.unit = unit;
    }

    /** Something that is not as the store makes it; the path is what has to go so that it is made again. */
    void damage(Path path, String what) {
        damages.add(unit + ": " + what);
        wrong.add(path);
    }

    /** What has to go besides, because it names something damaged. */
    void goesToo(Path path) {
        wrong.add(path);
    }

    /** Something to know that needs nobody. */
    void note(String what) {
        notes.add(unit + ": " + what);
    }

    /** A file that was held against the store. */
    void compared() {
        files++;
    }

    /** What is not as the store makes it, a sentence each. */
    public List<String> damages() {
        return List.copyOf(damages);
    }

    /** What the next start will do by itself, a sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** The files and folders that have to go so that everything wrong is made again. */
    public List<Path> wrong() {
        return List.copyOf(wrong);
    }

    /** How many files were held against the store. */
    public long files() {
        return files;
    }
}
