package dev.sluice.slo.lint;

import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.slo.file.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Holds the rules of a file against what telemetry looks like. */
public final class RuleLints {
    private RuleLints() {}

    /**
     * All that is found, in the order of the file.
     *
     * @param recorded names that rules of any file record, which no telemetry has
     */
    public static List<Finding> of(RuleFile file, Set<String> recorded, Capture capture) {
        List<Finding> findings = new ArrayList<>();
        for (RuleFile.Group group : file.groups()) {
            for (int i = 0; i < group.spec().rules().size(); i++) {
                RuleSpec rule = group.spec().rules().get(i);
                try {
                    ExprLints lints = new ExprLints(rule.name(), group.places().get(i), recorded, capture, findings);
                    lints.walk(Parser.parse(rule.expr(), group.spec().options().parser()));
                } catch (ParseException e) {
                    throw new IllegalArgumentException("the file was read before", e);
                }
            }
        }
        return findings;
    }

    /** The names that a file's rules record, and those of alerts' own series. */
    public static Set<String> recorded(RuleFile file) {
        Set<String> names = new TreeSet<>(Set.of("ALERTS", "ALERTS_FOR_STATE"));
        for (RuleFile.Group group : file.groups()) {
            group.spec().rules().stream()
                    .filter(RuleSpec.Recording.class::isInstance)
                    .map(RuleSpec::name)
                    .forEach(names::add);
        }
        return names;
    }
}
