package dev.bulla.trust.contenttrust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Specifications in signed records, as libmamba gives them back. What is expected here is what libsolv 0.7.39 answered. */
class SolverSpecTest {
    private static JsonArray array(String... specs) {
        return new JsonArray(
                Arrays.stream(specs).map(JsonString::new).map(Json.class::cast).toList());
    }

    private static Json signed(String member, String... specs) {
        return RecordSignatures.signedForm(Dialect.LIBMAMBA, JsonObject.of(member, array(specs)))
                .member(member)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "foo→foo",
                "foo →foo",
                "Foo_X.y-z→foo_x.y-z",
                "FÖÖ→fÖÖ",
                "foo >=1.0→foo >=1.0",
                "foo >=1.0,<3.0a0→foo >=1.0,<3.0a0",
                "foo >=1.0, <3.0→foo >=1.0,<3.0",
                "foo>=1.0→foo >=1.0",
                "foo>=1.0,<3→foo >=1.0,<3",
                "foo  >=1.0→foo >=1.0",
                "foo >= 1.0→foo >=1.0",
                "foo >=1.0 →foo >=1.0",
                "foo 1.5→foo 1.5",
                "foo ==1.5→foo 1.5",
                "foo==1.5→foo 1.5",
                "foo == 1.5→foo 1.5",
                "foo ==1.5.*→foo 1.5.*",
                "foo =1.5→foo 1.5*",
                "foo=1.5→foo 1.5*",
                "foo = 1.5→foo 1.5*",
                "foo =1.5.*→foo 1.5.**",
                "foo =1.5,=1.6→foo =1.5,=1.6",
                "foo =1.5,!1.6→foo =1.5,!1.6",
                "foo =1.5,1.6→foo =1.5,1.6",
                "foo =1.5|1.6→foo =1.5|1.6",
                "foo =1.5|=1.6→foo =1.5|=1.6",
                "foo !=1.0→foo !=1.0",
                "foo ~=1.0→foo ~=1.0",
                "foo 1.5 h_*→foo 1.5 h_*",
                "foo  1.5   h_0→foo 1.5 h_0",
                "foo=1.5=h_0→foo 1.5 h_0",
                "foo =1.5 h_0→foo 1.5 h_0",
                "foo ==1.5=h_0→foo ==1.5 h_0",
                "foo ==1.5 h_0→foo ==1.5 h_0",
                "foo >=1.0 h_0→foo >=1.0 h_0",
                "foo >=1.0, h_0→foo >=1.0,h_0",
                "foo 1.5|2.0 h_0→foo 1.5|2.0 h_0",
                "foo 1.5 | 2.0→foo 1.5|2.0",
                "foo 1.0= h→foo 1.0  h",
                "foo * h_*→foo * h_*",
                "foo *→foo *",
                "foo*→foo* *",
                "^foo.*$→^foo.*$ *",
                "foo=→foo *",
                "foo==→foo ",
                "foo (>=1.0,<2)|>=2→foo (>=1.0,<2)|>=2",
                "foo 1.5 - h→foo 1.5- h",
                "foo 1.5 h-1→foo 1.5h-1",
                "main::foo→foo",
                "conda-forge/linux-64::foo >=1→foo >=1",
                "foo[version='>=1.0']→foo[version ='>=1.0']",
                "foo[build=h]→foo[build h]*",
                "foo # comment→foo # comment",
                "foo <1!1.0→foo <1!1.0",
                "foo\u00a0>=1.0→foo\u00a0 >=1.0",
                "liblapack  3.9.0   32*_openblas→liblapack 3.9.0 32*_openblas",
                "nbconvert =7.16.4=*_1→nbconvert 7.16.4 *_1",
                "pybind11-abi ==11→pybind11-abi 11",
                "__glibc >=2.17,<3.0.a0→__glibc >=2.17,<3.0.a0",
            })
    void a_specification_is_signed_as_libsolv_keeps_it(String written, String kept) {
        assertEquals(array(kept), signed("depends", written));
        assertEquals(array(kept), signed("constrains", written));
    }

    @Test
    void dependencies_that_libsolv_takes_for_the_same_are_signed_once_where_the_first_stood() {
        assertEquals(
                array("foo", "bar 1.5", "baz"), signed("depends", "foo", "bar ==1.5", "main::foo", "baz", "bar 1.5"));
    }

    @Test
    void constraints_are_signed_as_often_as_they_stand_there() {
        assertEquals(array("foo 1.5", "foo 1.5"), signed("constrains", "foo 1.5", "foo ==1.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " foo", "=1.0", ">=1.0", "!foo", "~foo", "main::", "main:: foo", "foo[version='1:2']:"})
    void what_libmamba_would_leave_out_is_not_signed(String spec) {
        assertThrows(Malformed.class, () -> signed("depends", spec));
        assertThrows(Malformed.class, () -> signed("constrains", spec));
    }
}
