package dev.bulla.trust.json;

/**
 * Who reads a signature, and so which bytes are signed for one JSON value. The two agree only on ASCII text with
 * ordinary numbers; never sign for one and serve to the other.
 *
 * <p>Both: two spaces a level, one member or element a line, {@code ": "} after a name, names in code point order,
 * empty containers on one line, no newline at the end. They differ so:
 *
 * <table>
 *   <caption>what the dialects do differently</caption>
 *   <tr><th></th><th>conda</th><th>libmamba</th></tr>
 *   <tr><td>from U+007F on</td><td>{@code \}{@code uxxxx}, lower case, in UTF-16 units</td><td>UTF-8</td></tr>
 *   <tr><td>integers</td><td>as they are, of any size</td><td>a float when over 64 bits</td></tr>
 *   <tr><td>floats with an exponent</td><td>below 1e-4, from 1e16 on</td><td>below 1e-4, from 1e15 on</td></tr>
 *   <tr><td>a lone surrogate</td><td>its escape</td><td>refused</td></tr>
 * </table>
 *
 * Both write a float with the fewest digits that read back as the same double, and {@code -0} as {@code 0}.
 */
public enum Dialect {
    /** As conda-content-trust signs and verifies: Python's {@code json.dumps(value, indent=2, sort_keys=True)}. */
    CONDA,
    /** As libmamba verifies: the output of its C++ JSON library at an indentation of 2. */
    LIBMAMBA;

    /**
     * The canonical bytes of this value.
     *
     * @throws JsonException when it has none: a float beyond double, nesting beyond {@link JsonLimits#DEEPEST}, or for
     *     libmamba a lone surrogate
     */
    public byte[] canonical(Json value) {
        return JsonWriter.canonical(value, this);
    }
}
