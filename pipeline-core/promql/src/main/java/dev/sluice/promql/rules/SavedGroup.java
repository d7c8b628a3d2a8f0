package dev.sluice.promql.rules;

import java.util.List;

/**
 * What a group keeps over a restart.
 *
 * @param name {@linkplain RuleGroup#toString() by which} the group is found again
 * @param evaluatedAt when it was last evaluated; 0 if it never was
 */
public record SavedGroup(String name, long evaluatedAt, List<SavedRule> rules) {
    public SavedGroup {
        rules = List.copyOf(rules);
    }
}
