package dev.sluice.slo.spec;

import dev.sluice.promql.eval.QueryOptions;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.yaml.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What files of objectives come to, read together, for documents of one may refer to those of another.
 *
 * @param groups of rules; none where there are problems
 * @param warnings what is taken otherwise than it was meant
 */
public record SloFiles(List<GroupSpec> groups, List<Problem> problems, List<Problem> warnings) {
    public SloFiles {
        groups = List.copyOf(groups);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** A file: positions are printed with its name, and the groups of rules are known by it. */
    public record Source(String name, String text) {}

    /**
     * Reads files and makes the rules. Each document is in the format that its {@code version} or {@code apiVersion} names.
     *
     * @param interval of the groups, in milliseconds
     */
    public static SloFiles read(List<Source> sources, SloPeriods periods, long interval, QueryOptions options) {
        Findings findings = new Findings();
        SloReading reading = new SloReading(periods, findings);
        sources.forEach(reading::take);
        List<Slo> slos = reading.slos();
        List<GroupSpec> groups = new ArrayList<>();
        if (findings.problems().isEmpty()) {
            slos.forEach(slo -> groups.addAll(new SloRules(slo, interval, options).groups()));
        }
        return new SloFiles(groups, findings.problems(), findings.warnings());
    }
}
