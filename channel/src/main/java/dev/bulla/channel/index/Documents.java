package dev.bulla.channel.index;

import dev.bulla.channel.catalog.ListedArtifact;
import dev.bulla.conda.index.IndexForm;
import dev.bulla.conda.index.RunExportsSplicer;
import dev.bulla.conda.index.SplicedIndex;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one generation while they are written. What carries no signatures is the same for all views and is
 * made with conda's.
 */
final class Documents implements AutoCloseable {
    private final List<ListDocument> all = new ArrayList<>();
    private String current = "";

    private Documents() {}

    /** Documents in this folder, which has none, of which unchanged packages come from an earlier generation. */
    static Documents open(Path folder, GenerationWriter.Order order, @Nullable Generation before, boolean patched)
            throws IOException {
        var documents = new Documents();
        try {
            documents.add(folder, order, before);
            if (patched) {
                documents.addOriginals(folder, order, before);
            }
            return documents;
        } catch (IOException | RuntimeException failure) {
            documents.close();
            throw failure;
        }
    }

    private void add(Path folder, GenerationWriter.Order order, @Nullable Generation before) throws IOException {
        var subdir = order.unit().place().subdir();
        all.add(RepodataDocument.open(folder, subdir, order.view(), document(before, IndexForm.REPODATA)));
        if (order.view() == Dialect.CONDA) {
            var runExports = document(before, IndexForm.RUN_EXPORTS);
            all.add(new RunExportsDocument(RunExportsSplicer.open(folder, subdir, runExports)));
        }
    }

    private void addOriginals(Path folder, GenerationWriter.Order order, @Nullable Generation before)
            throws IOException {
        var subdir = order.unit().place().subdir();
        all.add(RepodataDocument.ofOriginals(folder, subdir, document(before, IndexForm.FROM_PACKAGES)));
    }

    private static @Nullable SplicedIndex document(@Nullable Generation before, IndexForm form) {
        return before == null ? null : before.document(form).orElse(null);
    }

    /** Begins a changed package, after all those before it. If nothing follows, no document has it any more. */
    void change(String packageName) {
        var name = PackageName.parse(packageName);
        all.forEach(document -> document.change(name));
        current = packageName;
    }

    /** Adds an artifact; its package was begun, or is begun with it. */
    void add(ListedArtifact artifact) {
        if (!artifact.packageName().equals(current)) {
            change(artifact.packageName());
        }
        var name = ArchiveName.parse(artifact.fileName());
        try {
            for (var document : all) {
                document.add(name, artifact);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<SplicedIndex> finish() throws IOException {
        var finished = new ArrayList<SplicedIndex>();
        for (var document : all) {
            finished.add(document.finish());
        }
        return finished;
    }

    @Override
    public void close() throws IOException {
        for (var document : all) {
            document.close();
        }
    }
}
