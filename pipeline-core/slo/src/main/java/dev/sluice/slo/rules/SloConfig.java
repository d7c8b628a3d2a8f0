package dev.sluice.slo.rules;

import dev.sluice.api.ComponentId;
import dev.sluice.api.Provisioner.Objective;
import dev.sluice.api.config.BesideFile;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import dev.sluice.promql.rules.RuleSpec;
import dev.sluice.slo.alert.ActionConfig;
import dev.sluice.slo.series.SeriesConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the processor and the connector {@code slo} have in common. */
public record SloConfig(
        @Doc(
                "Prometheus' rule files. The last part of a path may be a pattern, as in `rules/*.yml`; relative paths start from the folder of the configuration file, as in Prometheus.")
        @BesideFile
        List<String> ruleFiles,

        @Doc(
                "Objectives in Sloth's format `prometheus/v1` or OpenSLO's `openslo/v1`, whose rules are made and evaluated too. Paths as in `rule_files`. Series need `max_samples_per_series` for the longest window, three days, in samples.")
        @BesideFile
        List<String> sloFiles,

        @Doc("Rules in place, as under `groups` of a rule file.")
        List<GroupConfig> groups,

        @Doc("When rules are evaluated.") EvaluationConfig evaluation,
        @Doc("What rules see of telemetry.") @Squash SeriesConfig series,

        @Doc(
                "An extension such as `file_storage`, where what the rules know is kept over a restart: alerts, sums of deltas, samples. Without one they begin anew.")
        @Nullable
        ComponentId storage,

        @Doc("What Sluice itself does about alerts.") List<ActionConfig> actions)
        implements Config {
    public static final SloConfig DEFAULT = new SloConfig(
            List.of(), List.of(), List.of(), EvaluationConfig.DEFAULT, SeriesConfig.DEFAULT, null, List.of());

    /** The series that tells of an objective, by Sloth's name. */
    private static final String OBJECTIVE = "sloth_slo_info";

    public SloConfig {
        ruleFiles = List.copyOf(ruleFiles);
        sloFiles = List.copyOf(sloFiles);
        groups = List.copyOf(groups);
        actions = List.copyOf(actions);
    }

    /** The objectives that rules record something of, their own files' and those of rules that Sloth made. Reads files, and so blocks. */
    public List<Objective> objectives() {
        return RuleSources.load(this).groups().stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule ->
                        rule instanceof RuleSpec.Recording && rule.name().equals(OBJECTIVE))
                .map(RuleSpec::labels)
                .map(labels ->
                        new Objective(labels.get("sloth_id"), labels.get("sloth_service"), labels.get("sloth_slo")))
                .toList();
    }

    @Override
    public void validate(Problems problems) {
        if (ruleFiles.isEmpty() && sloFiles.isEmpty() && groups.isEmpty()) {
            problems.add("has no rules: set \"rule_files\", \"slo_files\" or \"groups\"");
        }
        if (evaluation.interval().isPositive()) {
            RuleSources.check(this).forEach(trouble -> problems.at(trouble.key(), trouble.message()));
        }
    }
}
