package dev.bulla.server.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedCodingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\" | plain",
                "identity | plain",
                "zstd | zstd",
                "gzip, deflate, br, zstd | zstd",
                "gzip;q=1.0, zstd;q=0.5 | gzip",
                "gzip;q=0.5,zstd;q=0.5 | zstd",
                "ZSTD ; Q=0.001 | zstd",
                "zstd;q=0 | plain",
                "zstd;q=0.000, gzip | gzip",
                "gzip;q=0.2, identity | plain",
                "identity;q=0.5, zstd;q=0.4, gzip;q=0.6 | gzip",
                "x-gzip | gzip",
                "* | plain",
                "*;q=0 | plain",
                "br, deflate | plain",
                "zstd;q=2 | plain",
                "zstd;q=-1 | plain",
                "zstd;level=3, gzip | plain",
                "gzip, zstd;q | gzip",
                ",, gzip ,, | gzip"
            })
    void the_coding_of_the_highest_weight_wins_and_zstd_where_they_are_equal(String header, String expected) {
        var accepted = AcceptedCodings.parse(List.of(header));
        var chosen = accepted.prefersZstd() ? "zstd" : accepted.acceptsGzip() ? "gzip" : "plain";
        assertEquals(expected, chosen);
    }
}
