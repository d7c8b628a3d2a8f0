package dev.sluice.promql.rules;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rules of an older version, each to be found once by whoever takes its place. Several may have the same identity; they are found in their order.
 * Source: prometheus rules/group.go, Group.CopyState.
 */
final class ByIdentity<R> {
    private final Map<String, Deque<R>> rules = new HashMap<>();

    ByIdentity(Collection<R> all, Function<R, String> identity) {
        for (R rule : all) {
            rules.computeIfAbsent(identity.apply(rule), i -> new ArrayDeque<>()).add(rule);
        }
    }

    /** The next rule of that identity; {@code null} where there is none any more. */
    @Nullable
    R take(String identity) {
        Deque<R> same = rules.get(identity);
        return same == null ? null : same.poll();
    }

    /** Visits those that nobody took. */
    void left(Consumer<R> visitor) {
        rules.values().forEach(same -> same.forEach(visitor));
    }
}
