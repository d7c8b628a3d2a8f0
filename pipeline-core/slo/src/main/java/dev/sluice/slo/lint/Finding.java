package dev.sluice.slo.lint;

import dev.sluice.yaml.Mark;

/**
 * What one lint has to say of a rule.
 *
 * @param lint {@code L1} to {@code L6}, as in docs/slo.md
 * @param notice it is good to know, and the rule works all the same
 */
public record Finding(String lint, Mark mark, String rule, String message, boolean notice) {
    @Override
    public String toString() {
        return mark + ": " + lint + (notice ? " (notice)" : "") + ": " + rule + ": " + message;
    }
}
