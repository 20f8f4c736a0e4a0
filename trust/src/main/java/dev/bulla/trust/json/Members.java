package dev.bulla.trust.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a {@link JsonObject}, which nobody can change: whoever hands over the map gives it away. Its type
 * tells the object that no further copy is needed.
 */
final class Members extends AbstractMap<String, Json> implements SequencedMap<String, Json> {
    private final SequencedMap<String, Json> map;

    Members(SequencedMap<String, Json> given) {
        map = Collections.unmodifiableSequencedMap(given);
    }

    @Override
    public @Nullable Json get(Object name) {
        return map.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return map.containsKey(name);
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public Set<Map.Entry<String, Json>> entrySet() {
        return map.entrySet();
    }

    @Override
    public SequencedMap<String, Json> reversed() {
        return map.reversed();
    }
}
