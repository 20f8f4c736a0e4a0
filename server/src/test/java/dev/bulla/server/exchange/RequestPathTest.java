package dev.bulla.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main/noarch",
                "//main",
                "/main//noarch",
                "/.",
                "/..",
                "/main/../admin-token",
                "/main/./noarch",
                "/main/%2e%2e/admin-token",
                "/main/%2E./x",
                "/main/.%2e/x",
                "/main/noarch%2frepodata.json",
                "/main/noarch%2Frepodata.json",
                "/main/..%5cadmin-token",
                "/main\\..\\admin-token",
                "/main/a%00b",
                "/main/a%0ab",
                "/main/a%7f",
                "/main/%",
                "/main/%4",
                "/main/%zz",
                "/main/%+1",
                "/main/%-1",
                "/main/%ff",
                "/main/%c0%af",
                "/main/%ed%a0%80",
                "/main/a b",
                "/main/a\"b",
                "/main/a;b",
                "/main/ä",
                "/main/a?b",
                "/main/a#b",
                "/t/secret//main"
            })
    void a_path_with_more_than_one_reading_is_refused(String raw) {
        var thrown = assertThrows(ProblemException.class, () -> RequestPath.parse(raw));
        assertEquals(Code.BAD_REQUEST, thrown.problem().code());
        assertFalse(thrown.problem().detail().contains("secret"));
    }

    @Test
    void segments_are_decoded_exactly_once() {
        assertEquals(
                List.of("a+b", "1!2.0", "ä", "%2f"),
                RequestPath.parse("/a+b/1%212.0/%c3%a4/%252f").segments());
    }

    @Test
    void the_root_has_no_segments_and_a_slash_at_the_end_is_an_empty_one() {
        assertEquals(List.of(), RequestPath.parse("/").segments());
        assertEquals(List.of("main", ""), RequestPath.parse("/main/").segments());
    }

    @Test
    void the_token_prefix_is_taken_off_once() {
        var path = RequestPath.parse("/t/abc/t/def/x");
        assertEquals(List.of("t", "def", "x"), path.segments());
        assertEquals(Optional.of("abc"), path.token());
    }

    @Test
    void the_token_prefix_may_be_what_a_client_shows_instead_of_it() {
        assertEquals(
                Optional.of("*****"),
                RequestPath.parse("/t/*****/main/libmamba/key_mgr.json").token());
    }

    @Test
    void the_prefix_is_found_however_it_is_encoded() {
        assertEquals("/t/***/main", RequestPath.parse("/%74/secret/main").masked());
    }

    @Test
    void a_prefix_without_a_token_is_no_prefix() {
        assertEquals(List.of("t", ""), RequestPath.parse("/t/").segments());
        assertEquals(List.of("t"), RequestPath.parse("/t").segments());
    }

    @Test
    void the_masked_path_shows_no_token_wherever_it_stands() {
        assertEquals(
                "/t/***/main/noarch", RequestPath.parse("/t/secret/main/noarch").masked());
        assertEquals(
                "/main/***/x",
                RequestPath.parse("/main/bulla-0123456789abcdef0123456789abcdef0123/x")
                        .masked());
        assertEquals("/t/***/main", RequestPath.parse("/t/secret/main").toString());
        assertEquals("/", RequestPath.parse("/").masked());
    }
}
