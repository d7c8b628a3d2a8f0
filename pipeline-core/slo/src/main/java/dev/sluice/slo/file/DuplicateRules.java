package dev.sluice.slo.file;

import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.series.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rules of one file that give the same series. Source: prometheus cmd/promtool, checkDuplicates.
 *
 * @param rules each once, by name and labels
 */
public record DuplicateRules(List<RuleSpec> rules) {
    /** Name and labels of a rule's series. */
    private record Target(String name, Labels labels) {}

    public static Optional<DuplicateRules> of(RuleFile file) {
        Set<Target> seen = new LinkedHashSet<>();
        Set<Target> told = new LinkedHashSet<>();
        List<RuleSpec> duplicates = new ArrayList<>();
        file.groups().stream().flatMap(group -> group.spec().rules().stream()).forEach(rule -> {
            Target target = new Target(rule.name(), rule.labels());
            if (!seen.add(target) && told.add(target)) {
                duplicates.add(rule);
            }
        });
        duplicates.sort(Comparator.comparing(RuleSpec::name).thenComparing(RuleSpec::labels));
        return duplicates.isEmpty() ? Optional.empty() : Optional.of(new DuplicateRules(List.copyOf(duplicates)));
    }

    /** In promtool's words. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("%d duplicate rule(s) found.%n".formatted(rules.size()));
        for (RuleSpec rule : rules) {
            out.append("Metric: ").append(rule.name()).append("\nLabel(s):\n");
            for (int i = 0; i < rule.labels().size(); i++) {
                out.append('\t')
                        .append(rule.labels().name(i))
                        .append(": ")
                        .append(rule.labels().value(i))
                        .append('\n');
            }
        }
        return out.append("Might cause inconsistency while recording expressions")
                .toString();
    }
}
