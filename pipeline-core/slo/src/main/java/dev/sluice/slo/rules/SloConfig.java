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
import dev.sluice.slo.spec.SloPeriods;
import dev.sluice.slo.spec.SlothInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the processor and the connector {@code slo} have in common. */
public record SloConfig(
        @Doc(
                "Prometheus' rule files. The last part of a path may be a pattern, as in `rules/*.yml`; relative paths start from the folder of the configuration file, as in Prometheus.")
        @BesideFile
        List<String> ruleFiles,

        @Doc(
                "Objectives in Sloth's format `prometheus/v1` or its `PrometheusServiceLevel`, or in OpenSLO's `openslo/v1`, whose rules are made and evaluated too. Files may refer to each other; paths as in `rule_files`.")
        @BesideFile
        List<String> sloFiles,

        @Doc(
                "Sloth's `--slo-period-windows-path`: a folder of files of its kind `AlertWindows`, which say for each period in what windows budgets must not burn. Empty for the windows of Google's SRE workbook. A relative path starts from the folder of the configuration file.")
        @BesideFile
        String sloPeriodWindowsPath,

        @Doc(
                "Sloth's `--default-slo-period`: the period of the budget of objectives that name none, for which there must be windows.")
        String defaultSloPeriod,

        @Doc("Rules in place, as under `groups` of a rule file.")
        List<GroupConfig> groups,

        @Doc("When rules are evaluated.") EvaluationConfig evaluation,
        @Doc("What rules see of telemetry.") @Squash SeriesConfig series,

        @Doc(
                "An extension such as `file_storage`, where what the rules know is kept over a restart: alerts, sums of deltas, samples, long windows. Without one they begin anew.")
        @Nullable
        ComponentId storage,

        @Doc("What Sluice itself does about alerts.") List<ActionConfig> actions)
        implements Config {
    public static final SloConfig DEFAULT = new SloConfig(
            List.of(),
            List.of(),
            "",
            SloPeriods.MONTH,
            List.of(),
            EvaluationConfig.DEFAULT,
            SeriesConfig.DEFAULT,
            null,
            List.of());

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
                        rule instanceof RuleSpec.Recording && rule.name().equals(SlothInfo.NAME))
                .map(rule -> SlothInfo.objective(rule.labels()::get))
                .toList();
    }

    @Override
    public void validate(Problems problems) {
        if (ruleFiles.isEmpty() && sloFiles.isEmpty() && groups.isEmpty()) {
            problems.add("has no rules: set \"rule_files\", \"slo_files\" or \"groups\"");
        }
        if (evaluation.interval().isPositive()) {
            RuleSources.Checked checked = RuleSources.check(this);
            checked.troubles().forEach(trouble -> problems.at(trouble.key(), trouble.message()));
            checked.warnings().forEach(warning -> problems.warn(warning.key(), warning.message()));
        }
    }
}
