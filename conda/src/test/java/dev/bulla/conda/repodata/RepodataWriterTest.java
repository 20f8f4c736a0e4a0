package dev.bulla.conda.repodata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.conda.name.ArchiveType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepodataWriterTest {
    private static final byte[] OBJECT = "{\"x\": 1.50}".getBytes(UTF_8);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private RepodataWriter writer;

    @BeforeEach
    void begin() throws IOException {
        writer = RepodataWriter.begin(out, "{\"subdir\":\"noarch\"}".getBytes(UTF_8));
    }

    @Test
    void an_empty_index_has_its_maps_and_no_signatures() throws IOException {
        assertWritten("""
                {"info":{"subdir":"noarch"},"packages":{},"packages.conda":{},"removed":[],"repodata_version":1}""");
    }

    @Test
    void parts_are_written_in_their_order_with_their_bytes_as_given() throws IOException {
        writer.record(ArchiveType.TAR_BZ2, "b-1-0.tar.bz2", OBJECT);
        writer.record(ArchiveType.CONDA, "a-1-0.conda", OBJECT);
        writer.record(ArchiveType.CONDA, "a-1-1.conda", OBJECT);
        writer.removed("c");
        writer.removed("d\n");
        writer.signatures("b-1-0.tar.bz2", OBJECT);
        writer.signatures("a-1-0.conda", OBJECT);
        assertWritten("""
                {"info":{"subdir":"noarch"},"packages":{"b-1-0.tar.bz2":{"x": 1.50}},\
                "packages.conda":{"a-1-0.conda":{"x": 1.50},"a-1-1.conda":{"x": 1.50}},\
                "removed":["c","d\\n"],"repodata_version":1,\
                "signatures":{"b-1-0.tar.bz2":{"x": 1.50},"a-1-0.conda":{"x": 1.50}}}""");
    }

    @Test
    void signatures_may_follow_at_once() throws IOException {
        writer.signatures("a-1-0.conda", OBJECT);
        assertWritten("""
                {"info":{"subdir":"noarch"},"packages":{},"packages.conda":{},"removed":[],"repodata_version":1,\
                "signatures":{"a-1-0.conda":{"x": 1.50}}}""");
    }

    @Test
    void names_that_do_not_ascend_are_a_fault_of_the_caller() throws IOException {
        writer.record(ArchiveType.TAR_BZ2, "b", OBJECT);
        assertThrows(IllegalArgumentException.class, () -> writer.record(ArchiveType.TAR_BZ2, "a", OBJECT));
        assertThrows(IllegalArgumentException.class, () -> writer.record(ArchiveType.TAR_BZ2, "b", OBJECT));
        writer.signatures("a.conda", OBJECT);
        assertThrows(IllegalArgumentException.class, () -> writer.signatures("b.tar.bz2", OBJECT));
    }

    @Test
    void parts_out_of_order_are_a_fault_of_the_caller() throws IOException {
        writer.record(ArchiveType.CONDA, "a", OBJECT);
        assertThrows(IllegalStateException.class, () -> writer.record(ArchiveType.TAR_BZ2, "z", OBJECT));
        writer.removed("x");
        assertThrows(IllegalStateException.class, () -> writer.record(ArchiveType.CONDA, "z", OBJECT));
    }

    @Test
    void a_record_that_is_no_object_is_a_fault_of_the_caller() {
        assertThrows(IllegalArgumentException.class, () -> writer.record(ArchiveType.CONDA, "a", "[]".getBytes(UTF_8)));
    }

    private void assertWritten(String expected) throws IOException {
        writer.end();
        assertEquals(expected, out.toString(UTF_8));
    }
}
