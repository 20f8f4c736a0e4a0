package dev.bulla.client.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelUrlTest {
    @Test
    void a_token_is_masked_for_people_and_absent_from_the_identity() {
        var url = ChannelUrl.parse("http://host:8080/t/abc-123/main/");

        assertEquals("http://host:8080/t/*****/main", url.toString());
        assertEquals("http://host:8080/main", url.identity());
        assertEquals(ChannelUrl.parse("http://host:8080/main").id(), url.id());
        assertEquals(
                "http://host:8080/t/abc-123/main/noarch/x",
                url.resolve("noarch/x").toString());
        assertEquals("main", url.name());
    }

    @Test
    void a_password_is_neither_shown_nor_part_of_the_identity() {
        var url = ChannelUrl.parse("https://me:hidden@host/main");

        assertFalse(url.toString().contains("hidden"));
        assertEquals("https://host/main", url.identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host/main",
                "http:///main",
                "http://host/main?x=1",
                "http://host/main#x",
                "http://ho st/main",
                "http://host:99999/main"
            })
    void other_addresses_are_refused(String text) {
        var problem = assertThrows(ProblemException.class, () -> ChannelUrl.parse(text));

        assertEquals(Code.BAD_REQUEST, problem.problem().code());
    }
}
