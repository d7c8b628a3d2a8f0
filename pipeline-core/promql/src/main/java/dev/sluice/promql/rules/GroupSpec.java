package dev.sluice.promql.rules;

import dev.sluice.promql.eval.QueryOptions;
import java.util.List;

/**
 * A group of rules as written.
 *
 * @param interval milliseconds between evaluations
 * @param limit how many alerts or series a rule may have; 0 for any number
 * @param queryOffset by how many milliseconds queries look back, for data that comes late
 */
public record GroupSpec(
        String file,
        String name,
        long interval,
        int limit,
        long queryOffset,
        QueryOptions options,
        List<RuleSpec> rules) {
    public GroupSpec {
        if (interval <= 0) {
            throw new IllegalArgumentException("a group's interval is above 0");
        }
        rules = List.copyOf(rules);
    }
}
