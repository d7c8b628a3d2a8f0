package dev.sluice.promql.rules;

import dev.sluice.promql.series.Labels;
import java.util.List;

/**
 * What a rule keeps over a restart.
 *
 * @param identity {@linkplain RuleSpec#identity() by which} the rule is found again
 * @param alerts none for a recording rule
 * @param written the series it wrote last, which end if it no longer writes them
 */
public record SavedRule(String identity, List<Alert> alerts, List<Labels> written) {
    public SavedRule {
        alerts = List.copyOf(alerts);
        written = List.copyOf(written);
    }
}
