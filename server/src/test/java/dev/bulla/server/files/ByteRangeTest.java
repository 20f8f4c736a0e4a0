package dev.bulla.server.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final long FILE_BYTES = 1000;

    @ParameterizedTest
    @CsvSource(textBlock = """
            bytes=0-0,                       0,   1
            bytes=0-999,                     0,   1000
            bytes=0-1000,                    0,   1000
            bytes=0-,                        0,   1000
            bytes=999-,                      999, 1
            bytes=500-509,                   500, 10
            bytes=-1,                        999, 1
            bytes=-1000,                     0,   1000
            bytes=-1001,                     0,   1000
            bytes=-10240,                    0,   1000
            Bytes=1-2,                       1,   2
            'bytes = 1-2 ',                  1,   2
            bytes=0000000000000000000001-2,  1,   2
            bytes=5-99999999999999999999999, 5,   995
            bytes=-99999999999999999999999,  0,   1000
            """)
    void a_satisfiable_range_is_cut_to_the_file(String header, long offset, long length) {
        assertEquals(
                Optional.of(new ByteRange.Slice(offset, length)),
                ByteRange.parse(header).orElseThrow().in(FILE_BYTES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=-000", "bytes=99999999999999999999999-"})
    void a_range_outside_the_file_has_no_part_of_it(String header) {
        assertEquals(Optional.empty(), ByteRange.parse(header).orElseThrow().in(FILE_BYTES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=5-2",
                "bytes=1",
                "bytes=1-2-3",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=1-2,4-5",
                "bytes=1-2,",
                "items=0-1",
                "bytes:0-1",
                "bytes=0x1-2",
                "bytes=99999999999999999999999-1"
            })
    void what_is_not_one_range_of_bytes_is_ignored(String header) {
        assertEquals(Optional.empty(), ByteRange.parse(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=-1", "bytes=0-0"})
    void an_empty_file_has_no_range(String header) {
        assertEquals(Optional.empty(), ByteRange.parse(header).orElseThrow().in(0));
    }
}
